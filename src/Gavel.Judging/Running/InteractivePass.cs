using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Building;
using Gavel.Judging.Checkers;
using Gavel.Judging.Validators;
using Gavel.Sandbox;

namespace Gavel.Judging.Running;

/// <summary>An interactive problem: the submission and the output validator talk, each in a cell of its own.</summary>
internal sealed class InteractivePass(Problem problem, Program program, SubmissionLimits limits, ISandbox sandbox, JudgePrograms programs) : IPassRunner
{
    public async Task<PassOutcome> RunAsync(ICell? cell, Pass pass, CancellationToken cancellation)
    {
        if (problem.OutputValidators is not [var interactor, ..])
            throw new BuildException("The package is interactive and has no output validator.");

        var name = JudgePrograms.Describe(problem, interactor);
        var validator = await programs.GetAsync(problem, interactor, cancellation);
        var feedback = new Feedback(pass.File("feedback"));
        Directory.CreateDirectory(feedback.Folder);
        var submission = ProgramLauncher.ForTestcase(program, limits, pass.Testcase);
        var request = OutputValidatorRunner.Request(validator, problem, pass, feedback) with { PeerSurvivesExitCode = ValidatorRules.Accept };

        // The validator waits for the submission, however slow that is; only its own time may end it.
        request = request with { Limits = request.Limits with { WallTime = request.Limits.WallTime + submission.Limits.WallTime } };

        await using var validatorCell = await sandbox.RentAsync(OutputValidatorRunner.Cell(validator, pass), cancellation);
        var piped = await sandbox.RunPipedAsync(cell!, submission, validatorCell, request, cancellation);
        var run = VerdictRules.Interpret(piped.First, program.Language!.Limits, ProgramLauncher.CpuLimit(program, limits));
        var check = ValidatorRules.Interpret(name, piped.Second, feedback);
        var verdict = InteractiveRules.Decide(run, check.Outcome, submissionEndedFirst: piped.FirstEndedFirst && !piped.First.EndedByPeer);

        // What the validator says about a conversation that the submission broke off explains nothing.
        var validatorDecides = verdict is Verdict.Accepted or Verdict.WrongAnswer or Verdict.JudgeError;
        return new(verdict, run, validatorDecides ? check : null, feedback);
    }
}

/// <summary>Who is to blame when two programs talk: the order that the reference judges agree on.</summary>
internal static class InteractiveRules
{
    internal static Verdict Decide(ExecutionReport submission, CheckerOutcome validator, bool submissionEndedFirst) => (validator, submissionEndedFirst) switch
    {
        _ when submission.Cause == TerminationCause.SandboxFault => Verdict.JudgeError,
        _ when submission.RefusedActs.Count > 0 => Verdict.SecurityViolation,
        (CheckerOutcome.Failed, _) => Verdict.JudgeError,

        // The validator had already said no: whatever the submission did afterwards does not matter.
        (CheckerOutcome.WrongAnswer, false) => Verdict.WrongAnswer,
        _ => VerdictRules.Classify(submission, validator),
    };
}
