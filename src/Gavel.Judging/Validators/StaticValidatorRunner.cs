using Gavel.Core.Grading;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Building;
using Gavel.Judging.Checkers;
using Gavel.Judging.Running;
using Gavel.Sandbox;

namespace Gavel.Judging.Validators;

/// <summary>Runs the static validator of a 2025-09 package on the submission's source: <c>prog language entry_point feedbackdir/ [args]</c> among the files.</summary>
internal sealed class StaticValidatorRunner(ISandbox sandbox, JudgePrograms programs, string cacheFolder)
{
    /// <summary>Looks at the source for one group.</summary>
    internal async Task<StaticOutcome> RunAsync(
        Problem problem, StaticValidation validation, string language, string entry, IReadOnlyList<SourceFile> files, CancellationToken cancellation)
    {
        if (problem.StaticValidator is not { } validator)
            throw new BuildException("A test group asks for static validation, and the package has no static validator.");

        using var scratch = new ScratchFolder(cacheFolder);
        var program = await programs.GetAsync(problem, validator, cancellation);
        var feedback = new Feedback(scratch.File("feedback"));
        Directory.CreateDirectory(feedback.Folder);
        await using var cell = await sandbox.RentAsync(new() { Mounts = program.Mounts }, cancellation);
        const string feedbackName = ".feedback"; // beside the source files, in whose folder the validator runs
        var request = ProgramLauncher.ForJudgeProgram(program, problem.Limits, [language, entry, $"/w/{feedbackName}/", .. validation.Arguments]);
        var report = await cell.RunAsync(
            request with
            {
                Files = [.. files.Select(f => new CellFile(f.Name, null, f.Content))],
                Folders = [feedbackName],
                CollectFrom = feedbackName,
                CollectTo = feedback.Folder,
            },
            cancellation);
        var check = ValidatorRules.Interpret(JudgePrograms.Describe(problem, validator), report, feedback);
        var verdict = check.Outcome switch
        {
            CheckerOutcome.Accepted => Verdict.Accepted,
            CheckerOutcome.WrongAnswer => Verdict.WrongAnswer,
            CheckerOutcome.Failed => Verdict.JudgeError,
        };
        return new(new(verdict, check.Score, check.ScoreMultiplier), check);
    }
}

/// <summary>What static validation came to.</summary>
internal sealed record StaticOutcome(CaseOutcome Outcome, CheckResult Check);
