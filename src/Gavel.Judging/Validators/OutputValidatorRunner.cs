using Gavel.Core.Problems;
using Gavel.Judging.Building;
using Gavel.Judging.Checkers;
using Gavel.Judging.Running;
using Gavel.Sandbox;

namespace Gavel.Judging.Validators;

/// <summary>
/// Runs a package's output validators on one output, each in a cell of its own: it sees this testcase's input and answer and nothing else, so that a
/// validator that a hostile output takes over has no more to tell.
/// </summary>
internal sealed class OutputValidatorRunner(ISandbox sandbox, JudgePrograms programs)
{
    internal const string InputPath = "/data/input";
    internal const string AnswerPath = "/data/answer";
    internal const string FeedbackName = "feedback";

    /// <summary>Asks every validator; all must accept. The first that does not decides.</summary>
    internal async Task<Validation> RunAsync(Problem problem, Pass pass, string outputFile, CancellationToken cancellation)
    {
        if (problem.Interface == ProgramInterface.Testlib)
            return new(await new TestlibRunner(sandbox, programs).CheckAsync(problem, pass, outputFile, cancellation), null);

        var result = CheckResult.Accepted;
        Feedback? last = null;
        foreach (var validator in problem.OutputValidators)
        {
            var name = JudgePrograms.Describe(problem, validator);
            var program = await programs.GetAsync(problem, validator, cancellation);
            var feedback = last = new Feedback(pass.File($"feedback-{validator.Name}"));
            Directory.CreateDirectory(feedback.Folder);
            await using var cell = await sandbox.RentAsync(Cell(program, pass), cancellation);
            var report = await cell.RunAsync(Request(program, problem, pass, feedback) with { Input = new CellInput.File(outputFile) }, cancellation);
            result = Merge(result, ValidatorRules.Interpret(name, report, feedback));
            if (result.Outcome != CheckerOutcome.Accepted)
                break;
        }

        return new(result, last);
    }

    /// <summary>The cell a validator runs in.</summary>
    internal static CellOptions Cell(Program program, Pass pass) =>
        new() { Mounts = [.. program.Mounts, new(pass.InputFile, InputPath), new(pass.Testcase.AnswerFile, AnswerPath)] };

    /// <summary>The format's command line: input, answer, feedback folder with a slash at its end, flags. Feedback of the pass before is there again.</summary>
    internal static RunRequest Request(Program program, Problem problem, Pass pass, Feedback feedback)
    {
        var request = ProgramLauncher.ForJudgeProgram(program, problem.Limits, [InputPath, AnswerPath, $"/w/{FeedbackName}/", .. pass.Testcase.OutputValidatorFlags]);

        // The validator's own files never stand where feedback goes: that would be read back as feedback.
        var own = request.Files.Where(f => f.Path != FeedbackName && !f.Path.StartsWith(FeedbackName + "/", StringComparison.Ordinal));
        var earlier = pass.Earlier is null ? [] : pass.Earlier.FilesForNextPass.Select(f => new CellFile($"{FeedbackName}/{f.Name}", f.Path));
        return request with { Folders = [FeedbackName], Files = [.. own, .. earlier], CollectFrom = FeedbackName, CollectTo = feedback.Folder };
    }

    private static CheckResult Merge(CheckResult earlier, CheckResult later) => later with
    {
        JudgeMessage = later.JudgeMessage ?? earlier.JudgeMessage,
        TeamMessage = later.TeamMessage ?? earlier.TeamMessage,
        Score = later.Score ?? earlier.Score,
        ScoreMultiplier = later.ScoreMultiplier ?? earlier.ScoreMultiplier,
    };
}

/// <summary>What the output validators came to.</summary>
/// <param name="Check">What they said.</param>
/// <param name="Feedback">What the last one left.</param>
internal sealed record Validation(CheckResult Check, Feedback? Feedback);
