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
    internal async Task<CheckResult> RunAsync(Problem problem, Testcase testcase, string outputFile, ScratchFolder scratch, CancellationToken cancellation)
    {
        var result = CheckResult.Accepted;
        foreach (var validator in problem.OutputValidators)
        {
            var name = JudgePrograms.Describe(problem, validator);
            var program = await programs.GetAsync(problem, validator, cancellation);
            var feedback = new Feedback(scratch.File($"feedback-{validator.Name}"));
            Directory.CreateDirectory(feedback.Folder);
            await using var cell = await sandbox.RentAsync(Cell(program, testcase), cancellation);
            var report = await cell.RunAsync(
                Request(program, problem, testcase.OutputValidatorFlags, feedback) with { Input = new CellInput.File(outputFile) }, cancellation);
            result = Merge(result, ValidatorRules.Interpret(name, report, feedback));
            if (result.Outcome != CheckerOutcome.Accepted)
                return result;
        }

        return result;
    }

    /// <summary>The cell a validator runs in.</summary>
    internal static CellOptions Cell(Program program, Testcase testcase) =>
        new() { Mounts = [.. program.Mounts, new(testcase.InputFile, InputPath), new(testcase.AnswerFile, AnswerPath)] };

    /// <summary>The command line of section 5 of the format digest: input, answer, feedback folder with a slash at its end, flags.</summary>
    internal static RunRequest Request(Program program, Problem problem, IReadOnlyList<string> flags, Feedback feedback) =>
        ProgramLauncher.ForJudgeProgram(program, problem.Limits, [InputPath, AnswerPath, $"/w/{FeedbackName}/", .. flags]) with
        {
            Folders = [FeedbackName],
            CollectFrom = FeedbackName,
            CollectTo = feedback.Folder,
        };

    private static CheckResult Merge(CheckResult earlier, CheckResult later) => later with
    {
        JudgeMessage = later.JudgeMessage ?? earlier.JudgeMessage,
        TeamMessage = later.TeamMessage ?? earlier.TeamMessage,
        Score = later.Score ?? earlier.Score,
        ScoreMultiplier = later.ScoreMultiplier ?? earlier.ScoreMultiplier,
    };
}
