using Gavel.Sandbox.Cgroups;

namespace Gavel.Sandbox.Runs;

/// <summary>What the next run of a cell needs and can be made while nobody waits: the pipes, the limits and the counters as they are before it.</summary>
internal sealed class RunPreparation : IDisposable
{
    private readonly CellCgroup _cgroup;
    private RunLimits _limits;
    private CgroupCounters _before;

    /// <param name="cgroup">The slot's.</param>
    /// <param name="limits">The limits that the next run will probably have: those of the last one.</param>
    /// <param name="owner">The program's user outside; 0 when it is our own.</param>
    internal RunPreparation(CellCgroup cgroup, RunLimits limits, uint owner)
    {
        (_cgroup, _limits, Owner) = (cgroup, limits, owner);
        Output = new(owner);
        Errors = new(owner);
        _before = cgroup.Prepare(limits);
    }

    /// <summary>The program's user outside; 0 when it is our own.</summary>
    internal uint Owner { get; }

    /// <summary>For standard output.</summary>
    internal PipeEnds Output { get; }

    /// <summary>For standard error.</summary>
    internal PipeEnds Errors { get; }

    /// <summary>Reads the counters again: something has been done in the cell since that is not the run's.</summary>
    internal void Recount() => _before = _cgroup.Prepare(_limits);

    /// <summary>The counters before a run with these limits, which are set now when they are not the expected ones.</summary>
    internal CgroupCounters CountersBefore(RunLimits limits)
    {
        if (_limits != limits)
            (_limits, _before) = (limits, _cgroup.Prepare(limits));
        return _before;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        Errors.Dispose();
    }
}
