using System.Diagnostics;

namespace Gavel.Sandbox.Runs;

/// <summary>
/// Decides when to look at a run next. CPU time cannot grow faster than the number of processors allows, so the next look is when the limit could be
/// reached at the earliest: a handful of readings per run, and none late by more than a millisecond or so.
/// </summary>
internal sealed class RunWatch(RunLimits limits, Func<TimeSpan> cpuTime)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _nextLook = Stopwatch.GetTimestamp() + ToTimestamp(limits.CpuTime / Environment.ProcessorCount);

    /// <summary>The limit that is exceeded now, or null.</summary>
    internal TerminationCause? Look()
    {
        if (Stopwatch.GetElapsedTime(_start) >= limits.WallTime)
            return TerminationCause.WallLimit;
        if (Stopwatch.GetTimestamp() < _nextLook)
            return null;

        var left = limits.CpuTime - cpuTime();
        if (left < TimeSpan.Zero)
            return TerminationCause.CpuLimit;
        var wait = left / Environment.ProcessorCount;
        _nextLook = Stopwatch.GetTimestamp() + ToTimestamp(wait > ShortestWait ? wait : ShortestWait);
        return null;
    }

    /// <summary>How long nothing can happen.</summary>
    internal TimeSpan UntilNextLook()
    {
        var wall = limits.WallTime - Stopwatch.GetElapsedTime(_start);
        var cpu = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _nextLook);
        var next = wall < cpu ? wall : cpu;
        return next > TimeSpan.Zero ? next : TimeSpan.Zero;
    }

    private static long ToTimestamp(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
