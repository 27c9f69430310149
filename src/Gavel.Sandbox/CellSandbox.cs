using System.Collections.Concurrent;
using Gavel.Sandbox.Cells;
using Gavel.Sandbox.Cgroups;
using Gavel.Sandbox.Diagnostics;
using Gavel.Sandbox.Protocol;
using Gavel.Sandbox.Runs;

namespace Gavel.Sandbox;

/// <summary>How a <see cref="CellSandbox"/> is set up.</summary>
public sealed record SandboxOptions
{
    /// <summary>Cells made before the first one is rented.</summary>
    public int Warm { get; init; } = 1;

    /// <summary>Names of findings (<see cref="SandboxFinding.Name"/>) that would keep the sandbox from starting and are accepted all the same.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>
    /// True to give each slot a processor of its own, in turn, one per core where two processors share one. Runs then vary less, as caches stay warm and no
    /// two slots share a core; a program with several threads has one processor for all of them.
    /// </summary>
    public bool PinSlots { get; init; }

    /// <summary>For tests that show each layer holding without another.</summary>
    internal Layers Layers { get; init; } = Layers.All;
}

/// <summary>The sandbox: slots with ready-made cells. See the README of this project for the layers and docs/security.md for the threat model.</summary>
public sealed class CellSandbox : ISandbox
{
    internal static readonly WorkSize DefaultWorkSize = new(new RunLimits().WorkFolderBytes, new RunLimits().WorkFolderFiles);

    private const int MostIdleSlots = 16;
    private static int s_slotNumber;

    // First in, first out: the slot that was returned longest ago has had the most time to make its next cell.
    private readonly ConcurrentQueue<Slot> _idle = new();
    private readonly ConcurrentDictionary<Slot, bool> _all = new();
    private readonly CgroupSpace _cgroups;
    private readonly Layers _layers;
    private readonly bool _pin;
    private bool _disposed;

    private CellSandbox(CgroupSpace cgroups, Layers layers, bool pin)
    {
        (_cgroups, _layers, _pin) = (cgroups, layers, pin);
        Facts = SandboxFacts.Read(cgroups, layers.Landlock && HostFacts.Read().LandlockVersion > 0, layers.SystemCallFilter);
    }

    /// <inheritdoc/>
    public SandboxFacts Facts { get; }

    /// <summary>Makes a sandbox and <see cref="SandboxOptions.Warm"/> cells. Removes what an owner that was killed has left on this host.</summary>
    /// <exception cref="SandboxException">This host cannot isolate programs; the message says what is missing.</exception>
    public static async Task<CellSandbox> CreateAsync(SandboxOptions options, CancellationToken cancellation = default)
    {
        RefuseBrokenHost(options);
        var sandbox = new CellSandbox(SlotUsers.Rootless ? CgroupSpace.ClaimDelegated() : CgroupSpace.Claim(), options.Layers, options.PinSlots);
        try
        {
            var cells = new List<ICell>();
            for (var index = 0; index < options.Warm; index++)
                cells.Add(await sandbox.RentAsync(new CellOptions(), cancellation).ConfigureAwait(false));
            foreach (var cell in cells)
                await cell.DisposeAsync().ConfigureAwait(false);
            return sandbox;
        }
        catch
        {
            await sandbox.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ICell> RentAsync(CellOptions options, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellation.ThrowIfCancellationRequested();
        if (!_idle.TryDequeue(out var slot))
            _all[slot = MakeSlot()] = true;

        var cell = new Cell(this, slot, options);
        try
        {
            await slot.InvokeAsync(() =>
            {
                cell.Prepare();
                return true;
            }).ConfigureAwait(false);
            return cell;
        }
        catch
        {
            await cell.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<PipedReport> RunPipedAsync(ICell first, RunRequest firstRequest, ICell second, RunRequest secondRequest, CancellationToken cancellation)
    {
        var (one, two) = ((Cell)first, (Cell)second);
        one.ForgetWishes();
        two.ForgetWishes();
        using var forward = new PeerLink(closeAtEnd: false, firstRequest.PeerSurvivesExitCode, two.EndForPeer);
        using var backward = new PeerLink(closeAtEnd: true, secondRequest.PeerSurvivesExitCode, one.EndForPeer);
        var runs = new[]
        {
            one.RunLinkedAsync(firstRequest, backward, forward, cancellation),
            two.RunLinkedAsync(secondRequest, forward, backward, cancellation),
        };
        _ = runs[0].ContinueWith(_ => two.EndForPeer(), cancellation, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        _ = runs[1].ContinueWith(_ => one.EndForPeer(), cancellation, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        var ended = await Task.WhenAll(runs).ConfigureAwait(false);
        return new(ended[0].Report, ended[1].Report, ended[0].EndedAt <= ended[1].EndedAt);
    }

    /// <summary>Ends every cell and removes the cgroups.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await Task.WhenAll(_all.Keys.Select(slot => slot.CloseAsync())).ConfigureAwait(false);
        _cgroups.Dispose();
    }

    /// <summary>The cgroups of this sandbox, one per hierarchy.</summary>
    internal IReadOnlyList<string> CgroupFolders => _cgroups.Folders;

    /// <summary>Takes a slot back from a cell.</summary>
    internal void Return(Slot slot)
    {
        if (_idle.Count < MostIdleSlots && !_disposed)
            _idle.Enqueue(slot);
        else if (_all.TryRemove(slot, out _))
            _ = slot.CloseAsync();
    }

    private static void RefuseBrokenHost(SandboxOptions options)
    {
        var broken = SandboxDiagnostics.Inspect().Where(finding => finding.Severity is FindingSeverity.Breaks && !options.Accept.Contains(finding.Name)).ToArray();
        if (broken.Length > 0)
        {
            throw new SandboxException(
                "This host cannot isolate programs. " + string.Join(' ', broken.Select(finding => $"[{finding.Name}] {finding.Explanation} Fix: {finding.Fix ?? "none known"}.")));
        }
    }

    private Slot MakeSlot()
    {
        var number = Interlocked.Increment(ref s_slotNumber);
        var ids = SlotUsers.For(number);
        return new($"gavel-slot-{number}", _pin, () => CellHost.Start(_cgroups.MakeSlot(ids.OutsideRoot, ids.OneUser), ids, _layers, _pin ? Processors.ForSlot(number) : null));
    }
}
