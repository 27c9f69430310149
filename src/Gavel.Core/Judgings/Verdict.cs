namespace Gavel.Core.Judgings;

/// <summary>
/// What a judging, or one testcase of it, came to. The order of the members has no meaning; see
/// <see cref="VerdictNames"/> for the short names (AC, WA, ...) and <see cref="JudgingStage"/> for progress.
/// </summary>
public enum Verdict
{
    /// <summary>AC: the output is right, within every limit.</summary>
    Accepted,

    /// <summary>WA: the program ended normally and its output is wrong.</summary>
    WrongAnswer,

    /// <summary>TLE: the program used more CPU time than allowed, or slept past the wall-clock limit.</summary>
    TimeLimitExceeded,

    /// <summary>MLE: the program needed more memory than allowed.</summary>
    MemoryLimitExceeded,

    /// <summary>RTE: the program ended with a non-zero exit code or by a signal.</summary>
    RunTimeError,

    /// <summary>OLE: the program wrote more than allowed.</summary>
    OutputLimitExceeded,

    /// <summary>CE: the source did not compile within the compilation limits.</summary>
    CompileError,

    /// <summary>SV: the program tried something that only an attack tries.</summary>
    SecurityViolation,

    /// <summary>The testcase was not run because an earlier one decided the outcome.</summary>
    Skipped,

    /// <summary>JE: Gavel or the problem package failed. Never the contestant's fault.</summary>
    JudgeError,
}
