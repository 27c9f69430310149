using Gavel.Sandbox.Protocol;
using Gavel.Sandbox.Runs;

namespace Gavel.Sandbox.Cells;

/// <summary>A rented cell. A work folder that a run left something in is renewed while the caller already looks at the report.</summary>
internal sealed class Cell(CellSandbox owner, Slot slot, CellOptions options) : ICell
{
    private CellProcess? _process;
    private RunPreparation? _prepared;
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
        (var process, _prepared) = slot.TakeCell();
        try
        {
            slot.Hold.Begin();
            process.Attach(slot.Host, options.Mounts);
            if (options.Mounts.Count > 0)
                _prepared?.Recount();
            _process = process;
        }
        catch
        {
            process.Dispose();
            Unprepare();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        slot.Post(() => Discard(parkAnother: true));
        owner.Return(slot);
        // The slot is another's now: whoever goes on from here must not do so on its thread.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
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
        using var prepared = _prepared ?? slot.Prepare(request.Limits);
        _prepared = null;
        try
        {
            WorkFolder.Fill(process.Work, request, host.Ids.Owner);
            using var run = new CellRun(process, host.Cgroup, prepared, request, slot.Wake, slot.Hold, fromPeer, toPeer);
            var (report, cancelled) = run.Execute();
            if (!run.CellIsBroken)
            {
                report = report with { Uncollected = WorkFolder.Collect(process.Work, request) };
                if (process.IsDirty)
                    process.BeginReset();
                slot.Post(() => PrepareNext(request.Limits));
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

    // While nobody waits; what fails here fails again, and is told, when the next run needs it.
    private void PrepareNext(RunLimits limits)
    {
        if (_process is null || _prepared is not null)
            return;
        try
        {
            _process.FinishReset();
            _prepared = slot.Prepare(limits);
        }
        catch (SandboxException)
        {
            Discard(parkAnother: false);
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
            Unprepare();
            _process.BeginReset(size);
            _process.FinishReset();
        }

        return _process;
    }

    // The counters that were read ahead are about another tmpfs, or another cell.
    private void Unprepare()
    {
        _prepared?.Dispose();
        _prepared = null;
    }

    private void Discard(bool parkAnother)
    {
        Unprepare();
        var ended = _process;
        _process = null;
        if (parkAnother)
            slot.ParkAnother(ended);
        else
            ended?.Dispose();
    }

    private static async Task<ExecutionReport> Unwrap(Task<(ExecutionReport Report, ulong EndedAt)> run) => (await run.ConfigureAwait(false)).Report;
}
