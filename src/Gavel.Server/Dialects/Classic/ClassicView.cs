using System.Text;
using System.Text.Json.Nodes;
using Gavel.Core.Judgings;
using Gavel.Ledger;

namespace Gavel.Server.Dialects.Classic;

/// <summary>A run as the two halves of the family show it.</summary>
internal static class ClassicView
{
    /// <summary>For <c>/result/{id}</c>: PENDING, PROCESSING, OK, TLE, RE or INTERNAL_ERROR.</summary>
    public static JsonObject Result(RunDetails run, JudgingStage stage)
    {
        var answer = new JsonObject
        {
            ["submission_id"] = run.Id.ToString(),
            ["status"] = run.Result is not { } result ? stage == JudgingStage.Queued ? "PENDING" : "PROCESSING" : result.Status switch
            {
                RunStatus.Ok or RunStatus.WrongAnswer => "OK",
                RunStatus.TimeLimitExceeded => "TLE",
                RunStatus.JudgeError => "INTERNAL_ERROR",
                RunStatus.CompileError or RunStatus.RunTimeError or RunStatus.MemoryLimitExceeded or RunStatus.OutputLimitExceeded or RunStatus.SecurityViolation => "RE",
            },
        };
        if (run.Result is not { } done)
            return answer;

        answer["stdout"] = Encoding.UTF8.GetString(done.Output.Span);
        answer["stderr"] = Errors(done);
        answer["exit_code"] = done.ExitCode;
        answer["signal"] = done.Signal;
        answer["time"] = Math.Round(done.CpuTime.TotalSeconds, 3);
        answer["memory"] = done.PeakMemory.Count / 1024;
        answer["message"] = Message(done);
        return answer;
    }

    /// <summary>For <c>/submission/{id}</c>: Queued, Running, Completed, Failed or Timeout.</summary>
    public static JsonObject Submission(RunDetails run, JudgingStage stage)
    {
        var answer = new JsonObject
        {
            ["id"] = run.Id.ToString(),
            ["language"] = run.Language,
            ["status"] = run.Result is not { } result ? stage == JudgingStage.Queued ? "Queued" : "Running" : result.Status switch
            {
                RunStatus.Ok or RunStatus.WrongAnswer => "Completed",
                RunStatus.TimeLimitExceeded => "Timeout",
                _ => "Failed",
            },
        };
        if (run.Result is not { } done)
            return answer;

        answer["output"] = Encoding.UTF8.GetString(done.Output.Span);
        answer["error"] = Errors(done) is { Length: > 0 } errors ? errors : Message(done) ?? "";
        answer["exitCode"] = done.ExitCode;
        answer["executionTimeMs"] = Math.Round(done.CpuTime.TotalMilliseconds, 3);
        answer["memoryKb"] = done.PeakMemory.Count / 1024;
        return answer;
    }

    private static string Errors(RunResult result) =>
        result.Status == RunStatus.CompileError ? result.CompilerOutput : Encoding.UTF8.GetString(result.ErrorOutput.Span);

    private static string? Message(RunResult result) => result.Message ?? result.Status switch
    {
        RunStatus.CompileError => "compilation failed",
        RunStatus.MemoryLimitExceeded => "memory limit exceeded",
        RunStatus.OutputLimitExceeded => "output limit exceeded",
        RunStatus.TimeLimitExceeded => "time limit exceeded",
        RunStatus.SecurityViolation => "security violation",
        _ => null,
    };
}
