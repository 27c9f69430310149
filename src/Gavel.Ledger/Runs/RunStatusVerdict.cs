using Gavel.Core.Judgings;

namespace Gavel.Ledger;

/// <summary>How a run's end is told in the terms of a judging.</summary>
internal static class RunStatusVerdict
{
    public static Verdict AsVerdict(this RunStatus status) => status switch
    {
        RunStatus.Ok => Verdict.Accepted,
        RunStatus.CompileError => Verdict.CompileError,
        RunStatus.RunTimeError => Verdict.RunTimeError,
        RunStatus.TimeLimitExceeded => Verdict.TimeLimitExceeded,
        RunStatus.MemoryLimitExceeded => Verdict.MemoryLimitExceeded,
        RunStatus.OutputLimitExceeded => Verdict.OutputLimitExceeded,
        RunStatus.SecurityViolation => Verdict.SecurityViolation,
        RunStatus.JudgeError => Verdict.JudgeError,
        RunStatus.WrongAnswer => Verdict.WrongAnswer,
    };
}
