using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Building;
using Gavel.Judging.Checkers;
using Gavel.Judging.Validators;
using Gavel.Sandbox;

namespace Gavel.Judging.Running;

/// <summary>An interactive problem: the submission and the interactor talk, each in a cell of its own. On request what they say is written down.</summary>
internal sealed class InteractivePass(
    Problem problem, Program program, SubmissionLimits limits, ISandbox sandbox, JudgePrograms programs, string? transcriptFolder) : IPassRunner
{
    private readonly bool _testlib = problem.Interface == ProgramInterface.Testlib;

    public async Task<PassOutcome> RunAsync(ICell? cell, Pass pass, CancellationToken cancellation)
    {
        if (problem.OutputValidators is not [var validator, ..])
            throw new BuildException("The package is interactive and has no output validator.");

        var interactor = _testlib ? TestlibRunner.Interactor(problem) : validator;
        var interactorProgram = await programs.GetAsync(problem, interactor, cancellation);
        var feedback = new Feedback(pass.File("feedback"));
        Directory.CreateDirectory(feedback.Folder);
        using var transcript = transcriptFolder is null ? null : Transcript.Open(transcriptFolder, pass);
        var submission = ProgramLauncher.ForTestcase(program, limits, pass.Testcase) with { OutputWatch = transcript?.FromSubmission };
        var request = Request(interactorProgram, pass, feedback) with { OutputWatch = transcript?.ToSubmission };

        // The interactor waits for the submission, however slow that is; only its own time may end it.
        request = request with { Limits = request.Limits with { WallTime = request.Limits.WallTime + submission.Limits.WallTime } };

        await using var interactorCell = await sandbox.RentAsync(OutputValidatorRunner.Cell(interactorProgram, pass), cancellation);
        var piped = await sandbox.RunPipedAsync(cell!, submission, interactorCell, request, cancellation);
        var run = VerdictRules.Interpret(piped.First, program.Language!.Limits, ProgramLauncher.CpuLimit(program, limits));
        var check = Interpret(JudgePrograms.Describe(problem, interactor), piped.Second, feedback);
        var verdict = InteractiveRules.Decide(run, check.Outcome, submissionEndedFirst: piped.FirstEndedFirst && !piped.First.EndedByPeer);
        if (verdict == Verdict.Accepted && _testlib && TestlibRunner.Checker(problem) is not null)
        {
            check = await CheckReportAsync(pass, feedback, cancellation);
            verdict = VerdictRules.Classify(run, check.Outcome);
        }

        // What the interactor says about a conversation that the submission broke off explains nothing.
        var interactorDecides = verdict is Verdict.Accepted or Verdict.WrongAnswer or Verdict.JudgeError;
        return new(verdict, run, interactorDecides ? check : null, feedback);
    }

    private RunRequest Request(Program interactor, Pass pass, Feedback feedback) => _testlib
        ? TestlibRunner.Interaction(interactor, problem, feedback.Folder)
        : OutputValidatorRunner.Request(interactor, problem, pass, feedback) with { PeerSurvivesExitCode = ValidatorRules.Accept };

    private CheckResult Interpret(string name, ExecutionReport report, Feedback feedback) => _testlib
        ? TestlibRules.Interpret(name, report, problem.Type.HasFlag(ProblemType.Scoring))
        : ValidatorRules.Interpret(name, report, feedback);

    // testlib's interactor writes a report for the checker, which has the last word.
    private async Task<CheckResult> CheckReportAsync(Pass pass, Feedback feedback, CancellationToken cancellation)
    {
        var report = Path.Combine(feedback.Folder, TestlibRunner.OutputName);
        if (!File.Exists(report))
            await File.WriteAllBytesAsync(report, [], cancellation);
        return await new TestlibRunner(sandbox, programs).CheckAsync(problem, pass, report, cancellation);
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
