using System.Collections.Concurrent;
using Gavel.Sandbox.Runs;

namespace Gavel.Sandbox.Cells;

/// <summary>One host process and the one thread that talks to it. Everything about a slot happens on that thread, in order.</summary>
internal sealed class Slot
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<CellHost> _start;
    private CellHost? _host;
    private RunLimits _lastLimits = new(); // those of the next run, probably
    private (CellProcess Cell, RunPreparation? Prepared)? _parked; // made ahead for the next submission

    /// <param name="name">For the thread.</param>
    /// <param name="pinned">The thread has a processor of its own.</param>
    /// <param name="start">Starts a host; called again when one was lost.</param>
    internal Slot(string name, bool pinned, Func<CellHost> start)
    {
        _start = start;
        Hold = new(pinned);
        new Thread(Work) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Wakes the thread while it waits for a run to end.</summary>
    internal WakeUp Wake { get; } = new();

    /// <summary>Keeps the thread where it is.</summary>
    internal ProcessorHold Hold { get; }

    /// <summary>The host, started when needed. Only on the slot's thread.</summary>
    internal CellHost Host
    {
        get
        {
            if (_host is null)
                Hold.End(); // the host, and all programs after it, may go wherever its parent may
            return _host ??= _start();
        }
    }

    /// <summary>What runs of these limits need and can be made ahead. Only on the slot's thread.</summary>
    internal RunPreparation Prepare(RunLimits limits) => new(Host.Cgroup, _lastLimits = limits, Host.Ids.Owner ?? 0);

    /// <summary>Takes the parked cell, or makes one; starts over once when the host was lost.</summary>
    /// <returns>The cell, and what its first run needs when that was made ahead as well.</returns>
    internal (CellProcess Cell, RunPreparation? Prepared) TakeCell()
    {
        if (_parked is { } parked)
        {
            _parked = null;
            return parked;
        }

        try
        {
            return (Host.MakeCell(CellSandbox.DefaultWorkSize), null);
        }
        catch (SandboxException)
        {
            DropHost();
            return (Host.MakeCell(CellSandbox.DefaultWorkSize), null);
        }
    }

    /// <summary>
    /// Makes the next submission's cell while the last one's, which is already ending, dies: half of its end is waiting for the kernel. On return the old
    /// one is gone.
    /// </summary>
    /// <param name="ended">The last submission's cell, of which nothing is needed any more.</param>
    internal void ParkAnother(CellProcess? ended)
    {
        Hold.End(); // whoever comes next may find a better place
        ended?.End();
        try
        {
            if (_parked is null)
            {
                Host.Cgroup.MakeRoomForTwo();
                _parked = (Host.MakeCell(CellSandbox.DefaultWorkSize), null);
                ended?.Dispose();
                _parked = _parked.Value with { Prepared = Prepare(_lastLimits) };
            }
        }
        catch (SandboxException)
        {
            DropHost(); // whoever rents next tries again and sees why
        }

        ended?.Dispose();
    }

    /// <summary>Ends the host; the next use starts another.</summary>
    internal void DropHost()
    {
        _parked?.Cell.Dispose();
        _parked?.Prepared?.Dispose();
        _parked = null;
        _host?.Dispose();
        _host = null;
    }

    /// <summary>
    /// Does something on the slot's thread. What awaits it goes on there as well, up to its next wait: between two runs of a judging no thread has to be
    /// woken, which is worth 40 to 80 microseconds a run.
    /// </summary>
    internal Task<T> InvokeAsync<T>(Func<T> action)
    {
        var done = new TaskCompletionSource<T>();
        Post(() =>
        {
            try
            {
                done.SetResult(action());
            }
            catch (Exception exception) // handed to whoever awaits
            {
                done.SetException(exception);
            }
        });
        return done.Task;
    }

    /// <summary>Does something on the slot's thread, some time. It must not throw.</summary>
    internal void Post(Action action) => _work.Add(action);

    /// <summary>Ends the host and the thread, after the work that is waiting.</summary>
    internal Task CloseAsync()
    {
        _work.CompleteAdding();
        return _ended.Task;
    }

    private void Work()
    {
        foreach (var action in _work.GetConsumingEnumerable())
        {
            action();
            if (_work.Count == 0)
                Hold.End();
        }

        DropHost();
        Wake.Dispose();
        _work.Dispose();
        _ended.SetResult();
    }
}
