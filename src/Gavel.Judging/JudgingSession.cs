using Gavel.Core;
using Gavel.Core.Grading;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Building;
using Gavel.Judging.Languages;
using Gavel.Judging.Running;
using Gavel.Sandbox;

namespace Gavel.Judging;

/// <summary>One judging, from source to outcome.</summary>
internal sealed class JudgingSession(JudgeParts parts, JudgingRequest request, IProgress<JudgingProgress>? progress)
{
    private readonly JudgeSlots.Turn _turn = new();
    private readonly Problem _problem = request.Problem;

    internal async Task<JudgingResult> RunAsync(CancellationToken cancellation)
    {
        if (_problem.Type.HasFlag(ProblemType.SubmitAnswer))
            return await JudgeAsync(null, new SubmittedAnswerPass(_problem, request.Files, parts.OutputValidators), new("", parts.Record(new("", ""), request.PackageHash)), cancellation);

        progress?.Report(new JudgingProgress.Compiling());
        var outcome = await BuildAsync(cancellation);
        var compilation = new Compilation(outcome.CompilerOutput, parts.Record(outcome.Facts, request.PackageHash));
        if (outcome is not BuildOutcome.Built { Program: var program })
            return new(Verdict.CompileError, []) { CompilerOutput = outcome.CompilerOutput, Record = compilation.Record };

        var timeLimit = request.TimeLimit ?? _problem.Limits.TimeLimit ?? await parts.TimeLimits.GetAsync(_problem, request.PackageHash, cancellation);
        var limits = new SubmissionLimits(timeLimit, _problem.Limits.Memory, _problem.Limits.Output) { StopAt = Math.Max(request.StopAt, 1 + SecondChance.Band) };
        compilation = compilation with { Record = compilation.Record with { Limits = ProgramLauncher.Recorded(program, limits) } };
        IPassRunner passes = _problem.Type.HasFlag(ProblemType.Interactive)
            ? new InteractivePass(_problem, program, limits, parts.Sandbox, parts.Programs, request.TranscriptFolder)
            : new BatchPass(_problem, program, limits, parts.OutputValidators);
        return await JudgeAsync(program, new SecondChance(passes, ProgramLauncher.CpuLimit(program, limits)), compilation, cancellation);
    }

    private async Task<BuildOutcome> BuildAsync(CancellationToken cancellation)
    {
        using var slot = await parts.Slots.AcquireAsync(_turn, cancellation);

        // The package's own files do not count; what is too long is not compiled at all.
        if (request.Files.Sum(f => (long)f.Content.Length) is var size && size > _problem.Limits.Code.Count)
            return new BuildOutcome.Refused($"The source has {size} bytes; the limit of this problem is {_problem.Limits.Code.Count} bytes.");

        var files = IncludeFiles.Add(_problem, request.Language, request.Files);
        return await parts.Builder.BuildAsync(new(request.Language, files) { EntryPoint = request.EntryPoint, CompilerFlags = request.CompilerFlags, Limits = _problem.Limits }, cancellation);
    }

    private async Task<JudgingResult> JudgeAsync(Program? program, IPassRunner passes, Compilation compilation, CancellationToken cancellation)
    {
        var testcases = _problem.Testcases.ToList();
        progress?.Report(new JudgingProgress.Running(testcases.Count));
        var grading = new GradingTree(_problem, async (group, children, token) => await parts.Graders.RunAsync(_problem, group, children, token));
        var validations = new List<StaticValidationResult>();
        var staticMessage = await ValidateStaticallyAsync(program, grading, validations, cancellation);

        using var stopAll = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var schedule = new TestcaseSchedule(testcases, grading, request.RunAllTestcases, stopAll.Token);
        var runner = new TestcaseRunner(_problem, passes, parts.CacheFolder);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(parts.Slots.Count, testcases.Count)).Select(_ => PullAsync(program, schedule, runner, stopAll)));

        var grade = await grading.FinishAsync(cancellation);
        var results = schedule.Results();
        var failure = results.FirstOrDefault(r => r.Verdict == Verdict.JudgeError);
        return new(grade.Verdict, results)
        {
            Score = grade.Score,
            Groups = grade.Groups,
            StaticValidations = validations,
            CompilerOutput = staticMessage is null ? compilation.Output : $"{compilation.Output}\n{staticMessage}".Trim(),
            JudgeErrorReason = grade.Verdict != Verdict.JudgeError ? null
                : grade.JudgeErrorReason ?? (failure is null ? staticMessage : $"{failure.Testcase}: {failure.JudgeMessage}"),
            Record = compilation.Record,
        };
    }

    // The source is looked at before anything runs. Returns what the validator tells the contestant, or why it failed.
    private async Task<string?> ValidateStaticallyAsync(
        Program? program, GradingTree grading, List<StaticValidationResult> validations, CancellationToken cancellation)
    {
        string? message = null;
        foreach (var group in _problem.Data.SelfAndGroups.Where(g => g.StaticValidation is not null))
        {
            using var slot = await parts.Slots.AcquireAsync(_turn, cancellation);
            var (files, entry) = EntryPoints.Arrange(request.Language, request.Files, request.EntryPoint);
            var outcome = await parts.StaticValidators.RunAsync(
                _problem, group.StaticValidation!, request.Language.Id, program?.Entry ?? entry, files, cancellation);
            await grading.RecordAsync(GradingTree.StaticCase(group.Name), outcome.Outcome, cancellation);
            validations.Add(new(group.Name, outcome.Outcome.Verdict, outcome.Check.JudgeMessage));
            message ??= outcome.Outcome.Verdict == Verdict.JudgeError ? outcome.Check.JudgeMessage : outcome.Check.TeamMessage;
        }

        return message;
    }

    // One of the judging's runners: takes a slot for each testcase anew, so that other judgings come in between, but keeps its cell.
    private async Task PullAsync(Program? program, TestcaseSchedule schedule, TestcaseRunner runner, CancellationTokenSource stopAll)
    {
        ICell? cell = null;
        try
        {
            while (schedule.MayHaveMore && await schedule.TakeAsync() is var (index, pointless))
            {
                var run = await RunOneAsync(index);
                if (await schedule.CompleteAsync(index, run))
                    progress?.Report(new JudgingProgress.TestcaseFinished(schedule.Testcases.Count, run!.Result));

                async Task<CaseRun?> RunOneAsync(int index)
                {
                    try
                    {
                        using var slot = await parts.Slots.AcquireAsync(_turn, pointless);
                        if (program is not null)
                            cell ??= await parts.Sandbox.RentAsync(new() { Mounts = program.Mounts }, pointless);

                        return await runner.RunAsync(cell, index + 1, schedule.Testcases[index], pointless);
                    }
                    catch (OperationCanceledException) when (pointless.IsCancellationRequested && !stopAll.IsCancellationRequested)
                    {
                        return null;
                    }
                    catch (Exception error) when (error is BuildException or FormatException or SandboxException)
                    {
                        return Failed(index, schedule.Testcases[index], error.Message);
                    }
                }
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

    private static CaseRun Failed(int index, Testcase testcase, string reason) => new(
        new(index + 1, testcase.Name, Verdict.JudgeError, TimeSpan.Zero, TimeSpan.Zero, Bytes.Zero) { Sample = testcase.Sample, JudgeMessage = reason }, null, null);

    private sealed record Compilation(string Output, JudgingRecord Record);
}
