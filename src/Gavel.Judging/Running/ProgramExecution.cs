using Gavel.Core.Checking;
using Gavel.Core.Judgings;
using Gavel.Judging.Building;
using Gavel.Judging.Checkers;
using Gavel.Sandbox;

namespace Gavel.Judging.Running;

/// <summary>Carries out a run without a problem: its limits and wishes as a request to a cell, and what came of it compared with what was expected.</summary>
internal static class ProgramExecution
{
    /// <summary>Runs the program in a cell; the report is as the language's runtime means it.</summary>
    internal static async Task<ExecutionReport> RunAsync(ICell cell, Program program, ProgramRun run, CancellationToken cancellation)
    {
        var limits = new SubmissionLimits(run.Limits.CpuTime, run.Limits.Memory, run.Limits.Output)
        {
            WallTime = run.Limits.WallTime,
            ErrorOutput = run.Limits.Output,
            Stack = run.Limits.Stack,
        };
        var request = ProgramLauncher.ForSubmission(program, limits, run.Arguments);
        var least = run.Language.Limits;
        request = request with
        {
            Input = new CellInput.Memory(run.Input),
            Files = ProgramLauncher.Over(request.Files, [.. run.WorkFiles.Select(f => new CellFile(f.Name, null, f.Content))]),
            CollectTo = run.CollectTo,
            MergeErrorOutput = run.MergeErrorOutput,
            Environment = Over(request.Environment, run.Environment),
            Limits = request.Limits with
            {
                CpuTime = request.Limits.CpuTime + (run.Limits.ExtraCpuTime * least.TimeFactor),
                StackBytes = run.Limits.Stack?.Count,
                Processes = run.Limits.Processes ?? request.Limits.Processes,
                FileSizeBytes = run.Limits.FileSize is { } size ? Math.Max(size.Count, least.FileSize.Count) : request.Limits.FileSizeBytes,
            },
        };

        if (run.Streams is { } streams)
            request = streams.Connect(request);

        // A program that needs some of the extra time exceeded its limit, though it was let end.
        var decides = run.Limits.ExtraCpuTime > TimeSpan.Zero ? ProgramLauncher.CpuLimit(program, limits) : TimeSpan.MaxValue;
        return VerdictRules.Interpret(await cell.RunAsync(request, cancellation), least, decides);
    }

    /// <summary>The result as the expected output has it.</summary>
    internal static RunResult Compare(RunResult result, ProgramRun run, string cacheFolder)
    {
        if (result.Status != RunStatus.Ok || run.ExpectedOutput is not { } expected)
            return result;

        using var folder = new ScratchFolder(cacheFolder);
        var answer = folder.File("answer");
        File.WriteAllBytes(answer, expected.Span);
        using var comparison = Comparisons.Create(answer, DefaultFlags.None);
        comparison.Write(result.Output.Span);
        var check = comparison.Finish();
        return check.Outcome == CheckerOutcome.Accepted ? result : result with { Status = RunStatus.WrongAnswer, Message = check.JudgeMessage };
    }

    private static IReadOnlyDictionary<string, string> Over(IReadOnlyDictionary<string, string> plain, IReadOnlyDictionary<string, string> own)
    {
        if (own.Count == 0)
            return plain;

        var both = new Dictionary<string, string>(plain, StringComparer.Ordinal);
        foreach (var (name, value) in own)
            both[name] = value;
        return both;
    }
}
