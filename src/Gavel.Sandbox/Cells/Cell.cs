using Gavel.Sandbox.Protocol;
using Gavel.Sandbox.Runs;

namespace Gavel.Sandbox.Cells;

/// <summary>A rented cell. After each run the work folder is renewed while the caller already looks at the report.</summary>
internal sealed class Cell(CellSandbox owner, Slot slot, CellOptions options) : ICell
{
    private CellProcess? _process;
    private bool _disposed;

    /// <inheritdoc/>
    public Task<ExecutionReport> RunAsync(RunRequest request, CancellationToken cancellation) =>
        Unwrap(RunLinkedAsync(request, null, null, cancellation));

    /// <summary>Asks that the present run be ended because its peer ended.</summary>
    internal void EndForPeer() => slot.Wake.Ask(Intervention.PeerEnded);

    /// <summary>Forgets what was asked for after the last run had ended.</summary>
    internal void ForgetWishes() => slot.Wake.Take();

    /// <summary>Runs a command, its standard input and output connected to another's where links are given.</summary>
    internal async Task<(ExecutionReport Report, ulong EndedAt)> RunLinkedAsync(
        RunRequest request, PeerLink? fromPeer, PeerLink? toPeer, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellation.ThrowIfCancellationRequested();
        await using var registration = cancellation.Register(() => slot.Wake.Ask(Intervention.Cancelled));
        await using var stopping = request.Stop.Register(EndForPeer);
        return await slot.InvokeAsync(() => Run(request, fromPeer, toPeer, cancellation)).ConfigureAwait(false);
    }

    /// <summary>Makes the cell ready for its first run. On the slot's thread.</summary>
    internal void Prepare()
    {
        var process = slot.TakeCell(CellSandbox.DefaultWorkSize);
        try
        {
            process.Attach(options.Mounts);
            _process = process;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_disposed)
            return ValueTask.CompletedTask;
        _disposed = true;
        slot.Post(() => Discard(parkAnother: true));
        owner.Return(slot);
        return ValueTask.CompletedTask;
    }

    private (ExecutionReport Report, ulong EndedAt) Run(RunRequest request, PeerLink? fromPeer, PeerLink? toPeer, CancellationToken cancellation)
    {
        // Asked for before this run began: meant for an earlier one, unless our own token says so again below.
        if (toPeer is null)
            ForgetWishes();
        cancellation.ThrowIfCancellationRequested();
        if (request.Stop.IsCancellationRequested)
            EndForPeer();

        var process = Ready(request.Limits);
        var host = slot.Host;
        try
        {
            WorkFolder.Fill(process.Work, request, host.Ids.Rootless ? null : host.Ids.OutsideUser);
            using var run = new CellRun(process, host.Cgroup, host.Ids, request, slot.Wake, fromPeer, toPeer);
            var (report, cancelled) = run.Execute();
            if (!run.CellIsBroken)
            {
                report = report with { Uncollected = WorkFolder.Collect(process.Work, request) };
                slot.Post(process.BeginResetQuietly);
            }
            else
            {
                Discard(parkAnother: false);
            }

            return cancelled ? throw new OperationCanceledException(cancellation) : (report, run.EndedAt);
        }
        catch (SandboxException)
        {
            Discard(parkAnother: false);
            throw;
        }
    }

    // The cell as the previous run left it, renewed, and of the size that this run asks for.
    private CellProcess Ready(RunLimits limits)
    {
        var size = new WorkSize(limits.WorkFolderBytes, limits.WorkFolderFiles);
        try
        {
            _process?.FinishReset();
        }
        catch (SandboxException)
        {
            Discard(parkAnother: false);
        }

        if (_process is null)
            Prepare();
        if (_process!.Size != size)
        {
            _process.BeginReset(size);
            _process.FinishReset();
        }

        return _process;
    }

    private void Discard(bool parkAnother)
    {
        _process?.Dispose();
        _process = null;
        if (!parkAnother)
            return;
        try
        {
            slot.Parked ??= slot.Host.MakeCell(CellSandbox.DefaultWorkSize);
        }
        catch (SandboxException)
        {
            slot.DropHost(); // whoever rents next tries again and sees why
        }
    }

    private static async Task<ExecutionReport> Unwrap(Task<(ExecutionReport Report, ulong EndedAt)> run) => (await run.ConfigureAwait(false)).Report;
}
