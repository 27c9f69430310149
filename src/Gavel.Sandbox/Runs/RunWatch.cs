using System.Diagnostics;
using Gavel.Sandbox.Cgroups;

namespace Gavel.Sandbox.Runs;

/// <summary>
/// Decides when to look at a run next. CPU time cannot grow faster than the number of processors allows, so the next look is when the limit could be
/// reached at the earliest: a handful of readings per run, and none late by more than a millisecond or so. Where no cgroup limits memory, that is looked
/// at every <see cref="CellCgroup.LookEvery"/> as well.
/// </summary>
internal sealed class RunWatch(RunLimits limits, TimeSpan cpuTimeBefore, CellCgroup cgroup)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _nextLook = Stopwatch.GetTimestamp() + Wait(limits.CpuTime, cgroup);

    /// <summary>How long the run has been going on, on the clock.</summary>
    internal TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>The limit that is exceeded now, or null.</summary>
    internal Intervention? Look()
    {
        if (Elapsed >= limits.WallTime)
            return Blame(Intervention.WallLimit);
        if (Stopwatch.GetTimestamp() < _nextLook)
            return null;

        var left = limits.CpuTime - (cgroup.ReadCpuTime() - cpuTimeBefore);
        if (left < TimeSpan.Zero)
            return Blame(Intervention.CpuLimit);
        if (cgroup.ExceedsMemory(limits))
            return Intervention.MemoryLimit;
        _nextLook = Stopwatch.GetTimestamp() + Wait(left, cgroup);
        return null;
    }

    /// <summary>How long nothing can happen.</summary>
    internal TimeSpan UntilNextLook()
    {
        var wall = limits.WallTime - Elapsed;
        var cpu = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _nextLook);
        var next = wall < cpu ? wall : cpu;
        return next > TimeSpan.Zero ? next : TimeSpan.Zero;
    }

    // Time spent on want of memory is not what the program was slow at.
    private Intervention Blame(Intervention time) => cgroup.Thrashes(limits) ? Intervention.MemoryLimit : time;

    private static long Wait(TimeSpan left, CellCgroup cgroup)
    {
        var wait = left / Environment.ProcessorCount;
        if (wait < ShortestWait)
            wait = ShortestWait;
        if (wait > cgroup.LookEvery)
            wait = cgroup.LookEvery.Value;
        return (long)(wait.TotalSeconds * Stopwatch.Frequency);
    }
}
