using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Building;
using Gavel.Judging.Running;
using Gavel.Sandbox;

namespace Gavel.Judging;

/// <summary>One judging, from source to outcome.</summary>
internal sealed class JudgingSession(JudgeParts parts, JudgingRequest request, IProgress<JudgingProgress>? progress)
{
    private readonly JudgeSlots.Turn _turn = new();

    internal async Task<JudgingResult> RunAsync(CancellationToken cancellation)
    {
        progress?.Report(new JudgingProgress.Compiling());
        var outcome = await BuildAsync(cancellation);
        var record = parts.Record(outcome.Facts, request.PackageHash);
        if (outcome is not BuildOutcome.Built built)
            return new(Verdict.CompileError, []) { CompilerOutput = outcome.CompilerOutput, Record = record };

        var testcases = request.Problem.Testcases.ToList();
        progress?.Report(new JudgingProgress.Running(testcases.Count));
        var results = await RunTestcasesAsync(built.Program, testcases, cancellation);
        var decisive = results.FirstOrDefault(r => r.Verdict is not (Verdict.Accepted or Verdict.Skipped));
        return new(decisive?.Verdict ?? Verdict.Accepted, results)
        {
            CompilerOutput = outcome.CompilerOutput,
            JudgeErrorReason = decisive is { Verdict: Verdict.JudgeError } ? $"{decisive.Testcase}: {decisive.JudgeMessage}" : null,
            Record = record,
        };
    }

    private async Task<BuildOutcome> BuildAsync(CancellationToken cancellation)
    {
        using var slot = await parts.Slots.AcquireAsync(_turn, cancellation);
        var files = IncludeFiles.Add(request.Problem, request.Language, request.Files);
        return await parts.Builder.BuildAsync(
            new(request.Language, files) { EntryPoint = request.EntryPoint, Limits = request.Problem.Limits }, cancellation);
    }

    private async Task<IReadOnlyList<TestcaseResult>> RunTestcasesAsync(Program program, List<Testcase> testcases, CancellationToken cancellation)
    {
        var limits = request.Problem.Limits;
        var timeLimit = request.TimeLimit ?? limits.TimeLimit ?? throw new BuildException("The package has no time limit.");
        var runner = new BatchTestcase(
            request.Problem, program, new(timeLimit, limits.Memory, limits.Output), parts.OutputValidators, parts.CacheFolder);
        using var stopAll = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var schedule = new TestcaseSchedule(testcases, request.RunAllTestcases ? new NeverSkips() : new StopsAtFirstFailure(), stopAll.Token);
        var pulls = Enumerable.Range(0, Math.Min(parts.Slots.Count, testcases.Count)).Select(_ => PullAsync(program, schedule, runner, stopAll)).ToList();
        await Task.WhenAll(pulls);
        return schedule.Results;
    }

    // One of the judging's runners: takes a slot for each testcase anew, so that other judgings come in between, but keeps its cell.
    private async Task PullAsync(Program program, TestcaseSchedule schedule, BatchTestcase runner, CancellationTokenSource stopAll)
    {
        ICell? cell = null;
        try
        {
            while (schedule.HasMore)
            {
                using var slot = await parts.Slots.AcquireAsync(_turn, stopAll.Token);
                if (!schedule.TryTake(out var index, out var token))
                    return;

                cell ??= await parts.Sandbox.RentAsync(new() { Mounts = program.Mounts }, stopAll.Token);
                var result = await RunOneAsync(cell, runner, index, schedule.Testcases[index], token, stopAll.Token);
                if (schedule.Complete(index, result))
                    progress?.Report(new JudgingProgress.TestcaseFinished(schedule.Testcases.Count, result!));
            }
        }
        catch
        {
            // The other runners must not go on for a judging that has failed or was cancelled.
            await stopAll.CancelAsync();
            throw;
        }
        finally
        {
            if (cell is not null)
                await cell.DisposeAsync();
        }
    }

    private static async Task<TestcaseResult?> RunOneAsync(
        ICell cell, BatchTestcase runner, int index, Testcase testcase, CancellationToken cancellation, CancellationToken whole)
    {
        try
        {
            return await runner.RunAsync(cell, index + 1, testcase, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && !whole.IsCancellationRequested)
        {
            return null; // became pointless
        }
        catch (Exception error) when (error is BuildException or FormatException)
        {
            return new(index + 1, testcase.Name, Verdict.JudgeError, TimeSpan.Zero, TimeSpan.Zero, Bytes.Zero) { Sample = testcase.Sample, JudgeMessage = error.Message };
        }
    }
}
