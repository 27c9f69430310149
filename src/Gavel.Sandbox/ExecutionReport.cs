namespace Gavel.Sandbox;

/// <summary>Why a run ended.</summary>
public enum TerminationCause
{
    /// <summary>The main process exited by itself; see <see cref="ExecutionReport.ExitCode"/>.</summary>
    Exited,

    /// <summary>A signal ended the main process; see <see cref="ExecutionReport.Signal"/>.</summary>
    Signalled,

    /// <summary>More CPU time than allowed.</summary>
    CpuLimit,

    /// <summary>More time on the clock than allowed.</summary>
    WallLimit,

    /// <summary>The kernel refused more memory.</summary>
    MemoryLimit,

    /// <summary>More output, or a larger file, than allowed.</summary>
    OutputLimit,

    /// <summary>More processes than allowed, and the program failed because of it.</summary>
    ProcessLimit,

    /// <summary>The sandbox failed. Never the program's fault.</summary>
    SandboxFault,
}

/// <summary>What happened in one run: facts, no judgement.</summary>
public sealed record ExecutionReport
{
    /// <summary>Why it ended.</summary>
    public required TerminationCause Cause { get; init; }

    /// <summary>Exit code of the main process; meaningful when <see cref="Cause"/> is <see cref="TerminationCause.Exited"/>.</summary>
    public int ExitCode { get; init; }

    /// <summary>Signal number; meaningful when <see cref="Cause"/> is <see cref="TerminationCause.Signalled"/>.</summary>
    public int Signal { get; init; }

    /// <summary>CPU time of all processes of the run, user and system, from the cgroup.</summary>
    public TimeSpan CpuTime { get; init; }

    /// <summary>From exec to the end of the main process, monotonic clock.</summary>
    public TimeSpan WallTime { get; init; }

    /// <summary>Peak memory in bytes, from the cgroup.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>Standard output up to its limit.</summary>
    public required CapturedOutput Output { get; init; }

    /// <summary>Standard error up to its limit.</summary>
    public required CapturedOutput ErrorOutput { get; init; }

    /// <summary>Privileged acts that were refused, for example <c>ptrace</c>; empty for ordinary programs.</summary>
    public IReadOnlyList<string> RefusedActs { get; init; } = [];

    /// <summary>Things in the work folder that were not collected because they are no regular files.</summary>
    public IReadOnlyList<string> Uncollected { get; init; } = [];

    /// <summary>True when the command was killed because its peer ended (<see cref="RunRequest.PeerSurvivesExitCode"/>).</summary>
    public bool EndedByPeer { get; init; }

    /// <summary>What went wrong, when <see cref="Cause"/> is <see cref="TerminationCause.SandboxFault"/>, or why a limit applied.</summary>
    public string? Detail { get; init; }
}

/// <summary>The reports of two commands that ran connected.</summary>
/// <param name="First">The first command.</param>
/// <param name="Second">The second command.</param>
/// <param name="FirstEndedFirst">True when the first command ended before the second.</param>
public sealed record PipedReport(ExecutionReport First, ExecutionReport Second, bool FirstEndedFirst);
