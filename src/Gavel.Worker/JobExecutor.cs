using Gavel.Core.Judgings;
using Gavel.Judging;
using Gavel.Judging.Languages;
using Gavel.Queue;
using Gavel.Worker.Packages;

namespace Gavel.Worker;

/// <summary>What doing a job came to.</summary>
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    /// <summary>A submission was judged.</summary>
    public sealed record Judged(JudgingResult Result) : JobOutcome;

    /// <summary>A run ended.</summary>
    public sealed record Ran(RunResult Result) : JobOutcome;

    /// <summary>The judge failed, not the program: the job is tried again elsewhere.</summary>
    public sealed record Failed(string Reason) : JobOutcome;
}

/// <summary>Does a job. Throws <see cref="PackageStoreException"/> when the blob store is away.</summary>
/// <param name="job">The job.</param>
/// <param name="progress">Told about every step.</param>
/// <param name="cancellation">Kills what runs.</param>
public delegate Task<JobOutcome> JobExecutor(JudgeJob job, IProgress<JudgingProgress> progress, CancellationToken cancellation);

/// <summary>Does jobs with the judge of this host and packages from its cache.</summary>
/// <param name="judge">The judge.</param>
/// <param name="packages">The packages of submissions.</param>
/// <param name="streams">The live streams of runs that are talked with; null where there are none.</param>
public sealed class JudgeExecutor(Judge judge, PackageCache packages, LiveRuns? streams = null)
{
    /// <summary>Does a job.</summary>
    /// <exception cref="PackageStoreException">The blob store is away.</exception>
    public async Task<JobOutcome> ExecuteAsync(JudgeJob job, IProgress<JudgingProgress> progress, CancellationToken cancellation)
    {
        if (judge.Languages.Find(job.Language) is not { } language)
            return new JobOutcome.Failed($"This worker does not know the language {job.Language}.");

        switch (job.Work)
        {
            case JudgeWork.Submission submission:
                try
                {
                    using var package = await packages.UseAsync(submission.Package, submission.Slug, cancellation);
                    var request = new JudgingRequest
                    {
                        Problem = package.Problem,
                        Language = language,
                        Files = job.Files,
                        EntryPoint = job.Build?.EntryPoint,
                        CompilerFlags = job.Build?.CompilerFlags ?? [],
                        RunAllTestcases = submission.RunAllTestcases,
                        PackageHash = submission.Package.Value,
                    };
                    var judged = await judge.JudgeAsync(request, progress, cancellation);
                    return judged.Verdict == Verdict.JudgeError
                        ? new JobOutcome.Failed(judged.JudgeErrorReason ?? "The judge gave no reason.")
                        : new JobOutcome.Judged(judged);
                }
                catch (PackageUnusableException unusable)
                {
                    return new JobOutcome.Failed(unusable.Message);
                }

            case JudgeWork.Run run:
                progress.Report(new JudgingProgress.Compiling());
                var ran = run.Settings.Interactive ? await TalkAsync(job, run, language, cancellation) : await judge.RunAsync(RunOf(job, run, language), cancellation);
                return ran.Status == RunStatus.JudgeError ? new JobOutcome.Failed(ran.Message ?? "The judge gave no reason.") : new JobOutcome.Ran(ran);

            default:
                return new JobOutcome.Failed($"This worker is too old for {job.Work.GetType().Name}.");
        }
    }

    private async Task<RunResult> TalkAsync(JudgeJob job, JudgeWork.Run run, Language language, CancellationToken cancellation)
    {
        if (streams?.Take(job.Judging) is not { } live)
            return new(RunStatus.RunTimeError) { Message = "The connection that this run's input comes over is gone." };

        try
        {
            return await judge.RunAsync(RunOf(job, run, language) with { Streams = live }, cancellation);
        }
        finally
        {
            live.End();
        }
    }

    private static ProgramRun RunOf(JudgeJob job, JudgeWork.Run run, Language language) => new()
    {
        Language = language,
        Files = job.Files,
        EntryPoint = job.Build?.EntryPoint,
        CompilerFlags = job.Build?.CompilerFlags ?? [],
        CompileCaps = run.Settings is { CompileCpuTime: null, CompileWallTime: null, CompileMemory: null }
            ? null : new(run.Settings.CompileCpuTime, run.Settings.CompileWallTime, run.Settings.CompileMemory),
        Input = run.Input,
        Arguments = run.Arguments,
        Environment = run.Settings.Environment,
        MergeErrorOutput = run.Settings.MergeErrorOutput,
        ExpectedOutput = run.Settings.ExpectedOutput,
        Limits = new()
        {
            CpuTime = run.Limits.CpuTime,
            WallTime = run.Limits.WallTime,
            Memory = run.Limits.Memory,
            Output = run.Limits.Output,
            ExtraCpuTime = run.Settings.ExtraCpuTime,
            Stack = run.Settings.Stack,
            Processes = run.Settings.Processes,
            FileSize = run.Settings.FileSize,
        },
    };
}
