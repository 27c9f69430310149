using Gavel.Core;
using Gavel.Core.Problems;
using Gavel.Judging.Building;
using Gavel.Judging.Checkers;
using Gavel.Judging.Validators;
using Gavel.Sandbox;

namespace Gavel.Judging.Running;

/// <summary>
/// The ordinary kind: input on standard input, and the whole output is checked; by the default checker while it is written. Where the package says so the input
/// is a file in the working folder, or the output one that the program leaves there.
/// </summary>
internal sealed class BatchPass(Problem problem, Program program, SubmissionLimits limits, OutputValidatorRunner validators) : IPassRunner
{
    public async Task<PassOutcome> RunAsync(ICell? cell, Pass pass, CancellationToken cancellation)
    {
        if (problem.OutputValidators is not [])
        {
            using var output = new SpoolSink(pass.File("output"));
            var run = await RunProgramAsync(cell!, pass, output, cancellation);
            var validation = VerdictRules.CheckerDecides(run) ? await validators.RunAsync(problem, pass, output.Path, cancellation) : null;
            return new(VerdictRules.Classify(run, validation?.Check.Outcome), run, validation?.Check, validation?.Feedback);
        }

        using var comparison = Comparisons.For(problem, pass.Testcase);
        var report = await RunProgramAsync(cell!, pass, comparison, cancellation);
        var check = VerdictRules.CheckerDecides(report) ? comparison.Finish() : null;
        return new(VerdictRules.Classify(report, check?.Outcome), report, check, null);
    }

    private async Task<ExecutionReport> RunProgramAsync(ICell cell, Pass pass, IOutputSink output, CancellationToken cancellation)
    {
        var request = ProgramLauncher.ForTestcase(program, limits, pass.Testcase);
        request = problem.InputFileName is not { } inputName ? request with { Input = new CellInput.File(pass.InputFile) } : request with
        {
            Files = ProgramLauncher.Over(request.Files, [new(inputName, pass.InputFile)]),
            Limits = request.Limits with { WorkFolderBytes = request.Limits.WorkFolderBytes + new FileInfo(pass.InputFile).Length },
        };
        if (problem.OutputFileName is not { } outputName)
            return Interpret(await cell.RunAsync(request with { OutputSink = output }, cancellation));

        var left = pass.File("left");
        var report = Interpret(await cell.RunAsync(request with { CollectTo = left }, cancellation));
        if (VerdictRules.CheckerDecides(report))
            await FeedAsync(Path.Combine(left, outputName), output, cancellation);
        return report;
    }

    private ExecutionReport Interpret(ExecutionReport report) => VerdictRules.Interpret(report, program.Language!.Limits, ProgramLauncher.CpuLimit(program, limits));

    // Collected: a regular file that was not reached through a link. One that is not there is an empty output.
    private static async Task FeedAsync(string file, IOutputSink output, CancellationToken cancellation)
    {
        if (!File.Exists(file))
            return;

        await using var stream = File.OpenRead(file);
        var buffer = new byte[Bytes.FromKibibytes(64).Count];
        for (int count; (count = await stream.ReadAsync(buffer, cancellation)) > 0;)
            output.Write(buffer.AsSpan(0, count));
    }
}
