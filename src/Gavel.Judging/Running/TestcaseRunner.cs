using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Checkers;
using Gavel.Judging.Validators;
using Gavel.Sandbox;

namespace Gavel.Judging.Running;

/// <summary>
/// Runs one testcase, pass by pass. An ordinary testcase is one pass; in a multi-pass problem the validator asks for another by leaving
/// <c>nextpass.in</c> beside its verdict "accept". The limits hold for each pass; the slowest pass is the testcase's time.
/// </summary>
internal sealed class TestcaseRunner(Problem problem, IPassRunner passes, string cacheFolder)
{
    internal async Task<CaseRun> RunAsync(ICell? cell, int ordinal, Testcase testcase, CancellationToken cancellation)
    {
        using var scratch = new ScratchFolder(cacheFolder);
        var multiPass = problem.Type.HasFlag(ProblemType.MultiPass);
        var slowest = ExecutionFacts.None;
        var input = testcase.InputFile;
        Feedback? feedback = null;
        for (var pass = 1; ; pass++)
        {
            var outcome = await passes.RunAsync(cell, new(testcase, pass, input, feedback, scratch), cancellation);
            slowest = slowest.Max(outcome.Run);
            feedback = outcome.Feedback;
            var next = multiPass ? feedback?.NextPass : null;
            if (next is not null && outcome.Verdict is Verdict.Accepted or Verdict.WrongAnswer && Misuse(outcome, pass) is { } misuse)
                return Result(ordinal, testcase, slowest, outcome with { Verdict = Verdict.JudgeError, Check = CheckResult.Failed(misuse) });
            if (next is null || outcome.Verdict != Verdict.Accepted)
                return Result(ordinal, testcase, slowest, outcome);

            input = next;
        }
    }

    private string? Misuse(PassOutcome outcome, int pass) => outcome.Verdict switch
    {
        not Verdict.Accepted => "The output validator rejected the output and left nextpass.in nevertheless.",
        _ when pass >= problem.Limits.ValidationPasses => $"The output validator asked for more than {problem.Limits.ValidationPasses} passes (limits.validation_passes).",
        _ => null,
    };

    private static CaseRun Result(int ordinal, Testcase testcase, ExecutionFacts slowest, PassOutcome outcome)
    {
        var result = new TestcaseResult(ordinal, testcase.Name, outcome.Verdict, slowest.CpuTime, slowest.WallTime, slowest.PeakMemory)
        {
            Sample = testcase.Sample,
            ExitCode = outcome.Run is { Cause: TerminationCause.Exited, ExitCode: var code } ? code : null,
            Signal = outcome.Run is { Cause: TerminationCause.Signalled, Signal: var signal } ? signal : null,
            JudgeMessage = outcome.Check?.JudgeMessage ?? (outcome.Run is null ? null : RunMessages.For(outcome.Run)),
            TeamMessage = outcome.Check?.TeamMessage,
            Score = outcome.Check?.Score,
        };
        return new(result, outcome.Check?.Score, outcome.Check?.ScoreMultiplier);
    }
}

/// <summary>How a kind of problem runs one pass: the program by itself, with an interactor, or no program at all.</summary>
internal interface IPassRunner
{
    Task<PassOutcome> RunAsync(ICell? cell, Pass pass, CancellationToken cancellation);
}

/// <summary>One pass of a testcase.</summary>
/// <param name="Testcase">The testcase.</param>
/// <param name="Number">1 for the first.</param>
/// <param name="InputFile">This pass's input.</param>
/// <param name="Earlier">What the validator left in the pass before.</param>
/// <param name="Scratch">Where this testcase's temporary files go.</param>
internal sealed record Pass(Testcase Testcase, int Number, string InputFile, Feedback? Earlier, ScratchFolder Scratch)
{
    /// <summary>1, or 2 when this pass is run again.</summary>
    internal int Attempt { get; init; } = 1;

    /// <summary>The path of a temporary file or folder of this pass and attempt alone.</summary>
    internal string File(string name) => Scratch.File($"{Number}-{Attempt}-{name}");
}

/// <summary>What a pass came to.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Run">How the program ended; null when none was run.</param>
/// <param name="Check">What the checker said, when it was asked.</param>
/// <param name="Feedback">What the validator left.</param>
internal sealed record PassOutcome(Verdict Verdict, ExecutionReport? Run, CheckResult? Check, Feedback? Feedback);

/// <summary>What a testcase used.</summary>
internal readonly record struct ExecutionFacts(TimeSpan CpuTime, TimeSpan WallTime, Bytes PeakMemory)
{
    internal static readonly ExecutionFacts None;

    internal ExecutionFacts Max(ExecutionReport? run) => run is null
        ? this
        : new(
            run.CpuTime > CpuTime ? run.CpuTime : CpuTime,
            run.WallTime > WallTime ? run.WallTime : WallTime,
            run.PeakMemoryBytes > PeakMemory.Count ? new(run.PeakMemoryBytes) : PeakMemory);
}
