using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Building;
using Gavel.Judging.Checkers;
using Gavel.Judging.Validators;
using Gavel.Sandbox;

namespace Gavel.Judging.Running;

/// <summary>A testcase of the ordinary kind: input on standard input, and the whole output is checked.</summary>
internal sealed class BatchTestcase(Problem problem, Program program, SubmissionLimits limits, OutputValidatorRunner validators, string cacheFolder)
{
    internal async Task<TestcaseResult> RunAsync(ICell cell, int ordinal, Testcase testcase, CancellationToken cancellation)
    {
        if (problem.OutputValidators is not [])
        {
            using var scratch = new ScratchFolder(cacheFolder);
            using var output = new SpoolSink(scratch.File("output"));
            var run = await RunProgramAsync(cell, testcase, output, cancellation);
            var check = VerdictRules.CheckerDecides(run) ? await validators.RunAsync(problem, testcase, output.Path, scratch, cancellation) : null;
            return Result(ordinal, testcase, run, check);
        }

        using var comparison = new DefaultComparison(testcase.AnswerFile, DefaultCheckerFlags.Parse(testcase.OutputValidatorFlags));
        var report = await RunProgramAsync(cell, testcase, comparison, cancellation);
        return Result(ordinal, testcase, report, VerdictRules.CheckerDecides(report) ? comparison.Finish() : null);
    }

    private async Task<ExecutionReport> RunProgramAsync(ICell cell, Testcase testcase, IOutputSink output, CancellationToken cancellation)
    {
        var request = ProgramLauncher.ForSubmission(program, limits with { GivenFiles = GivenFiles.Size(testcase) }, testcase.Arguments) with
        {
            Input = new CellInput.File(testcase.InputFile),
            OutputSink = output,
            Files = GivenFiles.Of(testcase),
        };
        return VerdictRules.Interpret(await cell.RunAsync(request, cancellation), program.Language!.Limits);
    }

    internal static TestcaseResult Result(int ordinal, Testcase testcase, ExecutionReport run, CheckResult? check)
    {
        var verdict = VerdictRules.Classify(run, check?.Outcome);
        return new(ordinal, testcase.Name, verdict, run.CpuTime, run.WallTime, new Bytes(run.PeakMemoryBytes))
        {
            Sample = testcase.Sample,
            ExitCode = run.Cause == TerminationCause.Exited ? run.ExitCode : null,
            Signal = run.Cause == TerminationCause.Signalled ? run.Signal : null,
            JudgeMessage = check?.JudgeMessage ?? RunMessages.For(run),
            TeamMessage = check?.TeamMessage,
            Score = check?.Score,
        };
    }
}
