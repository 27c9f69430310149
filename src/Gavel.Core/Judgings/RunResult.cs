namespace Gavel.Core.Judgings;

/// <summary>How a run (an execution without a problem) ended.</summary>
public enum RunStatus
{
    /// <summary>Exit code 0.</summary>
    Ok,

    /// <summary>The source did not compile.</summary>
    CompileError,

    /// <summary>Non-zero exit code or a signal.</summary>
    RunTimeError,

    /// <summary>CPU or wall-clock limit.</summary>
    TimeLimitExceeded,

    /// <summary>Memory limit.</summary>
    MemoryLimitExceeded,

    /// <summary>Output limit; the output is cut there.</summary>
    OutputLimitExceeded,

    /// <summary>The program tried something that only an attack tries.</summary>
    SecurityViolation,

    /// <summary>Gavel failed.</summary>
    JudgeError,

    /// <summary>It ended with exit code 0, but what it printed is not what was expected.</summary>
    WrongAnswer,
}

/// <summary>The outcome of a run.</summary>
public sealed record RunResult(RunStatus Status)
{
    /// <summary>What the compiler wrote.</summary>
    public string CompilerOutput { get; init; } = "";

    /// <summary>True when the compilation was ended because it took too long.</summary>
    public bool CompileTimedOut { get; init; }

    /// <summary>Standard output, as bytes: programs may print anything.</summary>
    public ReadOnlyMemory<byte> Output { get; init; }

    /// <summary>Standard error.</summary>
    public ReadOnlyMemory<byte> ErrorOutput { get; init; }

    /// <summary>True when <see cref="Output"/> was cut at its limit.</summary>
    public bool OutputTruncated { get; init; }

    /// <summary>True when <see cref="ErrorOutput"/> was cut at its limit.</summary>
    public bool ErrorOutputTruncated { get; init; }

    /// <summary>The exit code, when the program exited.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended the program, when one did.</summary>
    public int? Signal { get; init; }

    /// <summary>CPU time from the cgroup.</summary>
    public TimeSpan CpuTime { get; init; }

    /// <summary>Wall time from the monotonic clock.</summary>
    public TimeSpan WallTime { get; init; }

    /// <summary>Peak memory from the cgroup.</summary>
    public Bytes PeakMemory { get; init; }

    /// <summary>Anything worth telling, for example which limit was hit.</summary>
    public string? Message { get; init; }

    /// <summary>Where and with what it ran.</summary>
    public JudgingRecord? Record { get; init; }
}
