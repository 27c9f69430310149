using Gavel.Core.Problems;
using Gavel.Judging.Building;
using Gavel.Judging.Checkers;
using Gavel.Judging.Validators;
using Gavel.Sandbox;

namespace Gavel.Judging.Running;

/// <summary>The ordinary kind: input on standard input, and the whole output is checked; by the default checker while it is written.</summary>
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
        var request = ProgramLauncher.ForTestcase(program, limits, pass.Testcase) with { Input = new CellInput.File(pass.InputFile), OutputSink = output };
        return VerdictRules.Interpret(await cell.RunAsync(request, cancellation), program.Language!.Limits, ProgramLauncher.CpuLimit(program, limits));
    }
}
