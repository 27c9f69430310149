using Gavel.Core.Judgings;
using Gavel.Judging.Checkers;
using Gavel.Judging.Languages;
using Gavel.Sandbox;

namespace Gavel.Judging;

/// <summary>What a testcase came to: one exhaustive switch over facts. The facts come from the sandbox, the judgement from here.</summary>
public static class VerdictRules
{
    /// <summary>
    /// The verdict on one run. A limit outranks the exit status, the exit status outranks the checker; the checker is null when it was not asked,
    /// which is only right when the run itself decides.
    /// </summary>
    public static Verdict Classify(ExecutionReport run, CheckerOutcome? checker) => (run.Cause, run.RefusedActs.Count, run.ExitCode, checker) switch
    {
        (TerminationCause.SandboxFault, _, _, _) => Verdict.JudgeError,
        (_, > 0, _, _) => Verdict.SecurityViolation,
        (TerminationCause.CpuLimit or TerminationCause.WallLimit, _, _, _) => Verdict.TimeLimitExceeded,
        (TerminationCause.MemoryLimit, _, _, _) => Verdict.MemoryLimitExceeded,
        (TerminationCause.OutputLimit, _, _, _) => Verdict.OutputLimitExceeded,
        (TerminationCause.Signalled or TerminationCause.ProcessLimit, _, _, _) or (TerminationCause.Exited, _, not 0, _) => Verdict.RunTimeError,
        (TerminationCause.Exited, _, 0, CheckerOutcome.Accepted) => Verdict.Accepted,
        (TerminationCause.Exited, _, 0, CheckerOutcome.WrongAnswer) => Verdict.WrongAnswer,
        (TerminationCause.Exited, _, 0, CheckerOutcome.Failed or null) => Verdict.JudgeError,
    };

    /// <summary>How a run without a problem ended: as <see cref="Classify"/>, with no output to judge.</summary>
    public static RunStatus Status(ExecutionReport run) => (run.Cause, run.RefusedActs.Count, run.ExitCode) switch
    {
        (TerminationCause.SandboxFault, _, _) => RunStatus.JudgeError,
        (_, > 0, _) => RunStatus.SecurityViolation,
        (TerminationCause.CpuLimit or TerminationCause.WallLimit, _, _) => RunStatus.TimeLimitExceeded,
        (TerminationCause.MemoryLimit, _, _) => RunStatus.MemoryLimitExceeded,
        (TerminationCause.OutputLimit, _, _) => RunStatus.OutputLimitExceeded,
        (TerminationCause.Signalled or TerminationCause.ProcessLimit, _, _) or (TerminationCause.Exited, _, not 0) => RunStatus.RunTimeError,
        (TerminationCause.Exited, _, 0) => RunStatus.Ok,
    };

    /// <summary>True when the program ended by itself with exit code 0, so that the checker decides.</summary>
    public static bool CheckerDecides(ExecutionReport run) => run is { Cause: TerminationCause.Exited, ExitCode: 0, RefusedActs.Count: 0 };

    /// <summary>
    /// The report as the language's runtime means it: some runtimes notice by themselves that memory is exhausted and end the program with an
    /// exit code and a message, where a native program is ended by the kernel. Both exceeded the memory limit. And a program that ended by itself
    /// exceeded the time limit all the same when its CPU time did: it is stopped a little later than at the limit.
    /// </summary>
    /// <param name="run">The facts.</param>
    /// <param name="limits">The language's adjustments.</param>
    /// <param name="cpuLimit">The CPU limit that decides, the language's factor included.</param>
    public static ExecutionReport Interpret(ExecutionReport run, LanguageLimits limits, TimeSpan cpuLimit)
    {
        if (run.Cause is not (TerminationCause.Exited or TerminationCause.Signalled))
            return run;
        if (run.CpuTime > cpuLimit)
            return run with { Cause = TerminationCause.CpuLimit };
        if (run is { Cause: TerminationCause.Exited, ExitCode: 0 })
            return run;

        var sign = limits.OutOfMemory.FirstOrDefault(sign => Shows(run, sign));
        return sign is null ? run : run with { Cause = TerminationCause.MemoryLimit, Detail = $"the runtime ran out of memory ({sign.ErrorOutput?.Trim()})" };
    }

    private static bool Shows(ExecutionReport run, OutOfMemorySign sign)
    {
        var ending = (run.Cause, sign.Signal, sign.ExitCode) switch
        {
            (TerminationCause.Signalled, { } signal, _) => run.Signal == signal,
            (TerminationCause.Exited, null, { } exitCode) => run.ExitCode == exitCode,
            (TerminationCause.Exited, null, null) => true,
            _ => false,
        };
        return ending && (sign.ErrorOutput is null || run.ErrorOutput.Content.Span.IndexOf(System.Text.Encoding.UTF8.GetBytes(sign.ErrorOutput)) >= 0);
    }
}
