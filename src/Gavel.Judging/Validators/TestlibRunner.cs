using Gavel.Core.Problems;
using Gavel.Judging.Building;
using Gavel.Judging.Checkers;
using Gavel.Judging.Running;
using Gavel.Sandbox;

namespace Gavel.Judging.Validators;

/// <summary>
/// Runs a package's testlib programs as they are: <c>checker input output answer</c>, <c>interactor input output answer</c>. Each has a cell of its own with
/// this testcase's files.
/// </summary>
internal sealed class TestlibRunner(ISandbox sandbox, JudgePrograms programs)
{
    internal const string OutputName = "tout";
    private const string OutputPath = "/data/output";

    /// <summary>Asks the checker about an output.</summary>
    internal async Task<CheckResult> CheckAsync(Problem problem, Pass pass, string outputFile, CancellationToken cancellation)
    {
        var checker = Checker(problem) ?? throw new BuildException("The package says 'programs: testlib' and has no checker.");
        var program = await programs.GetAsync(problem, checker, cancellation);
        var options = OutputValidatorRunner.Cell(program, pass);
        await using var cell = await sandbox.RentAsync(options with { Mounts = [.. options.Mounts, new(outputFile, OutputPath)] }, cancellation);
        var report = await cell.RunAsync(
            ProgramLauncher.ForJudgeProgram(program, problem.Limits, Arguments(OutputPath)), cancellation);
        return TestlibRules.Interpret(JudgePrograms.Describe(problem, checker), report, problem.Type.HasFlag(ProblemType.Scoring));
    }

    /// <summary>The request that runs the interactor; what it writes for the checker lands in the folder.</summary>
    internal static RunRequest Interaction(Program program, Problem problem, string collectTo) =>
        ProgramLauncher.ForJudgeProgram(program, problem.Limits, Arguments($"/w/{OutputValidatorRunner.FeedbackName}/{OutputName}")) with
        {
            Folders = [OutputValidatorRunner.FeedbackName],
            CollectFrom = OutputValidatorRunner.FeedbackName,
            CollectTo = collectTo,

            // An interactor that gives points ends with other codes; the submission then ends by itself.
            PeerSurvivesExitCode = problem.Type.HasFlag(ProblemType.Scoring) ? null : TestlibRules.Accept,
        };

    /// <summary>The interactor of an interactive problem: the program of that name, or the only one.</summary>
    internal static JudgeProgram Interactor(Problem problem) =>
        problem.OutputValidators.FirstOrDefault(p => p.Name == "interactor") ?? (problem.OutputValidators is [var only] ? only : null)
        ?? throw new BuildException("The package says 'programs: testlib', is interactive and has no program named 'interactor' in output_validator/.");

    /// <summary>The checker: the program of that name, or the only one of a problem without interactor. Null when there is none.</summary>
    internal static JudgeProgram? Checker(Problem problem) => problem.OutputValidators.FirstOrDefault(p => p.Name == "checker")
        ?? (problem.OutputValidators is [var only] && !problem.Type.HasFlag(ProblemType.Interactive) ? only : null);

    private static string[] Arguments(string output) => [OutputValidatorRunner.InputPath, output, OutputValidatorRunner.AnswerPath];
}
