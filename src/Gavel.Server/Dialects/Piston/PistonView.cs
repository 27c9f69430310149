using System.Text;
using System.Text.Json.Nodes;
using Gavel.Core.Judgings;
using Gavel.Queue;

namespace Gavel.Server.Dialects.Piston;

/// <summary>An outcome as Piston shows it.</summary>
internal static class PistonView
{
    /// <summary>The signals of Linux, by number from 1 on.</summary>
    private static readonly string[] Signals =
    [
        "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE",
        "SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT",
        "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU",
        "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
    ];

    /// <summary>The number of a signal; null when there is none of this name.</summary>
    public static int? SignalNumber(string name) => Array.IndexOf(Signals, name) is >= 0 and var at ? at + 1 : null;

    /// <summary>The name of a signal.</summary>
    public static string SignalName(int number) => number >= 1 && number <= Signals.Length ? Signals[number - 1] : $"SIG{number}";

    public static JsonObject Of(PistonJob job, RunResult result)
    {
        var runtime = job.Runtime;
        var failed = result.Status == RunStatus.CompileError;
        var compile = result.CompileTimedOut
            ? Stage("SIGKILL", "", result.CompilerOutput, null, null, "Time limit exceeded", "TO", 0, 0)
            : Stage(null, "", result.CompilerOutput, failed ? 1 : 0, null, failed ? "Exited with error status 1" : null, failed ? "RE" : null, 0, 0);
        var answer = new JsonObject { ["run"] = failed ? compile.DeepClone() : Run(result, job.Limits), ["language"] = runtime.Name, ["version"] = runtime.Version.ToString() };
        if (runtime.Compiled)
            answer["compile"] = compile;
        return answer;
    }

    /// <param name="result">How it ended.</param>
    /// <param name="limits">What it was allowed.</param>
    public static JsonObject Run(RunResult result, RunLimits limits)
    {
        var stdout = Encoding.UTF8.GetString(result.Output.Span);
        var stderr = Encoding.UTF8.GetString(result.ErrorOutput.Span);
        var (status, message, signal) = result.Status switch
        {
            RunStatus.Ok => ((string?)null, (string?)null, (string?)null),
            RunStatus.TimeLimitExceeded => ("TO", result.CpuTime >= limits.CpuTime ? "Time limit exceeded" : "Time limit exceeded (wall clock)", "SIGKILL"),
            RunStatus.OutputLimitExceeded when result.OutputTruncated || !result.ErrorOutputTruncated => ("OL", "stdout length exceeded", "SIGKILL"),
            RunStatus.OutputLimitExceeded => ("EL", "stderr length exceeded", "SIGKILL"),
            RunStatus.JudgeError => ("XX", result.Message, null),
            _ when result.Signal is { } number => ("SG", $"Caught fatal signal {number}", SignalName(number)),
            _ when result.ExitCode is { } code and not 0 => ("RE", $"Exited with error status {code}", null),
            _ => ("SG", "Caught fatal signal 9", "SIGKILL"),
        };
        return Stage(
            signal, stdout, stderr, signal is null ? result.ExitCode : null, result.PeakMemory.Count, message, status,
            (long)Math.Round(result.CpuTime.TotalMilliseconds), (long)Math.Round(result.WallTime.TotalMilliseconds));
    }

    private static JsonObject Stage(
        string? signal, string stdout, string stderr, int? code, long? memory, string? message, string? status, long cpu, long wall) => new()
        {
            ["signal"] = signal,
            ["stdout"] = stdout,
            ["stderr"] = stderr,
            ["code"] = code,
            ["output"] = stdout + stderr,
            ["memory"] = memory,
            ["message"] = message,
            ["status"] = status,
            ["cpu_time"] = cpu,
            ["wall_time"] = wall,
        };
}
