using Gavel.Sandbox.Cgroups;

namespace Gavel.Sandbox.Runs;

/// <summary>Why Gavel ended a run itself.</summary>
internal enum Intervention
{
    None,
    CpuLimit,
    MemoryLimit,
    WallLimit,
    OutputLimit,
    Cancelled,
    PeerEnded,
    Fault,
}

/// <summary>Turns what was observed into a cause. Pure: one exhaustive decision, tested on its own.</summary>
internal static class Outcome
{
    private const int SIGKILL = 9;
    private const int SIGXCPU = 24;
    private const int SIGXFSZ = 25;

    /// <summary>What ended a run, in order of precedence: what the kernel refused for want of memory explains everything after it.</summary>
    internal static TerminationCause Cause(Intervention intervention, int waitStatus, RunLimits limits, CgroupCounters before, CgroupCounters after)
    {
        var signal = waitStatus & 0x7f;
        var failed = waitStatus != 0;
        var cpuTime = after.CpuTime - before.CpuTime;
        return intervention switch
        {
            Intervention.Fault when after.OutOfMemoryKills == before.OutOfMemoryKills => TerminationCause.SandboxFault,
            _ when after.OutOfMemoryKills > before.OutOfMemoryKills => TerminationCause.MemoryLimit,
            Intervention.MemoryLimit => TerminationCause.MemoryLimit,
            Intervention.CpuLimit => TerminationCause.CpuLimit,
            Intervention.OutputLimit => TerminationCause.OutputLimit,
            _ when cpuTime > limits.CpuTime => TerminationCause.CpuLimit,
            Intervention.WallLimit => TerminationCause.WallLimit,
            _ when signal == SIGXCPU && cpuTime >= limits.CpuTime - TimeSpan.FromMilliseconds(5) => TerminationCause.CpuLimit,
            _ when signal == SIGXFSZ => TerminationCause.OutputLimit,
            Intervention.PeerEnded => TerminationCause.Signalled,
            _ when failed && after.RefusedForks > before.RefusedForks => TerminationCause.ProcessLimit,
            _ when signal != 0 => TerminationCause.Signalled,
            _ => TerminationCause.Exited,
        };
    }

    /// <summary>The exit code in a wait status.</summary>
    internal static int ExitCode(int waitStatus) => (waitStatus >> 8) & 0xff;

    /// <summary>The signal in a wait status, 0 for none.</summary>
    internal static int Signal(int waitStatus, Intervention intervention) => intervention is Intervention.PeerEnded ? SIGKILL : waitStatus & 0x7f;

    /// <summary>
    /// The most memory the run held: the peak above what the slot held before, less the file cache that grew meanwhile. The cache is of program files and
    /// inputs; the kernel takes it back at will, so it is nobody's use of memory.
    /// </summary>
    internal static long PeakMemory(CgroupCounters before, CgroupCounters after) =>
        Math.Max(0, after.PeakBytes - (before.MemoryBytes - before.FileCacheBytes) - after.FileCacheBytes);
}
