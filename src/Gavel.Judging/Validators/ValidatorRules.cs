using System.Text;
using Gavel.Judging.Checkers;
using Gavel.Sandbox;

namespace Gavel.Judging.Validators;

/// <summary>What an output validator's exit means: 42 accepts, 43 rejects, and anything else is the validator's own failure.</summary>
internal static class ValidatorRules
{
    internal const int Accept = 42;
    internal const int Reject = 43;

    internal static CheckResult Interpret(string validator, ExecutionReport run, Feedback feedback)
    {
        var outcome = Outcome(run);
        if (outcome == CheckerOutcome.Failed)
            return CheckResult.Failed($"{validator} {HowItEnded(run)}{Said(run, feedback)}");
        if (feedback is { HasScore: true, Score: null } or { HasMultiplier: true, Multiplier: null })
            return CheckResult.Failed($"{validator} wrote a score file that holds no number");

        return new(outcome)
        {
            JudgeMessage = feedback.JudgeMessage,
            TeamMessage = feedback.TeamMessage,
            Score = feedback.Score,
            ScoreMultiplier = feedback.Multiplier,
        };
    }

    internal static CheckerOutcome Outcome(ExecutionReport run) => (run.Cause, run.ExitCode) switch
    {
        (TerminationCause.Exited, Accept) => CheckerOutcome.Accepted,
        (TerminationCause.Exited, Reject) => CheckerOutcome.WrongAnswer,
        _ => CheckerOutcome.Failed,
    };

    internal static string HowItEnded(ExecutionReport run) => run.Cause switch
    {
        TerminationCause.Exited => $"exited with {run.ExitCode} instead of 42 or 43",
        TerminationCause.Signalled => $"was ended by signal {run.Signal}",
        TerminationCause.CpuLimit or TerminationCause.WallLimit => "exceeded the validation time limit",
        TerminationCause.MemoryLimit => "exceeded the validation memory limit",
        TerminationCause.OutputLimit => "exceeded the validation output limit",
        TerminationCause.ProcessLimit => "started too many processes",
        TerminationCause.SandboxFault => $"could not be run: {run.Detail}",
    };

    private static string Said(ExecutionReport run, Feedback feedback)
    {
        var words = feedback.JudgeMessage ?? Encoding.UTF8.GetString(run.ErrorOutput.Content.Span).Trim();
        return words.Length == 0 ? "" : $": {(words.Length > 2000 ? words[..2000] : words)}";
    }
}
