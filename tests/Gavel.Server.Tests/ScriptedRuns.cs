using System.Globalization;
using System.Text;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue;
using Gavel.Worker;

namespace Gavel.Server.Tests;

/// <summary>
/// A worker's executor that brings about every ending of a run: the source says which, e.g. <c>exit 3</c>, <c>signal 11</c>, <c>tle</c>,
/// <c>cat</c>. What the real judge makes of real programs is proved elsewhere; here the protocols are.
/// </summary>
internal static class ScriptedRuns
{
    public static Task<JobOutcome> ExecuteAsync(JudgeJob job, IProgress<JudgingProgress> progress, CancellationToken cancellation)
    {
        var run = (JudgeWork.Run)job.Work;
        var words = Encoding.UTF8.GetString(job.Files[0].Content.Span).Trim().Split(' ');
        var result = new RunResult(RunStatus.Ok)
        {
            ExitCode = 0,
            CpuTime = TimeSpan.FromMilliseconds(2),
            WallTime = TimeSpan.FromMilliseconds(10),
            PeakMemory = Bytes.FromKibibytes(3000),
        };
        result = words[0] switch
        {
            "cat" => result with { Output = run.Input },
            "args" => result with { Output = Encoding.UTF8.GetBytes(string.Join('|', run.Arguments)) },
            "files" => result with { Output = Encoding.UTF8.GetBytes(string.Join('|', job.Files.Select(f => $"{f.Name}={f.Content.Length}"))) },
            "limits" => result with { Output = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{run.Limits.CpuTime.TotalSeconds}|{run.Limits.WallTime.TotalSeconds}|{run.Limits.Memory.Count}|{run.Limits.Output.Count}")) },
            "bytes" => result with { Output = new byte[] { 0xff, 0xfe } },
            "compile" => result with { Output = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{run.Settings.CompileWallTime?.TotalMilliseconds}|{run.Settings.CompileCpuTime?.TotalMilliseconds}|{run.Settings.CompileMemory?.Count}")) },
            "settings" => result with { Output = Encoding.UTF8.GetBytes(Settings(run.Settings)) },
            "both" when run.Settings.MergeErrorOutput => result with { Output = "outerr"u8.ToArray() },
            "both" => result with { Output = "out"u8.ToArray(), ErrorOutput = "err"u8.ToArray() },
            "exit" => result with { Status = RunStatus.RunTimeError, ExitCode = int.Parse(words[1], CultureInfo.InvariantCulture), ErrorOutput = "oops"u8.ToArray() },
            "signal" => result with { Status = RunStatus.RunTimeError, ExitCode = null, Signal = int.Parse(words[1], CultureInfo.InvariantCulture) },
            "tle" => result with { Status = RunStatus.TimeLimitExceeded, ExitCode = null, CpuTime = run.Limits.CpuTime },
            "sleep" => result with { Status = RunStatus.TimeLimitExceeded, ExitCode = null, WallTime = run.Limits.WallTime },
            "mle" => result with { Status = RunStatus.MemoryLimitExceeded, ExitCode = null, Signal = 9 },
            "ole" => result with { Status = RunStatus.OutputLimitExceeded, ExitCode = null, OutputTruncated = true, Output = "xxxx"u8.ToArray() },
            "ele" => result with { Status = RunStatus.OutputLimitExceeded, ExitCode = null, ErrorOutputTruncated = true },
            "cto" => new RunResult(RunStatus.CompileError) { CompilerOutput = "The compilation took too long.", CompileTimedOut = true },
            "ce" => new RunResult(RunStatus.CompileError) { CompilerOutput = "main:1: error" },
            _ => result,
        };
        return Task.FromResult<JobOutcome>(words[0] == "je" ? new JobOutcome.Failed("scripted") : new JobOutcome.Ran(result));
    }

    private static string Settings(RunSettings s) => string.Create(
        CultureInfo.InvariantCulture,
        $"{s.ExtraCpuTime.TotalSeconds}|{s.Stack?.Count}|{s.Processes}|{s.FileSize?.Count}|{s.MergeErrorOutput}|{string.Join(',', s.Environment.Select(e => $"{e.Key}={e.Value}"))}");
}
