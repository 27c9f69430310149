using System.Text;
using System.Text.Json.Nodes;
using Gavel.Core.Judgings;

namespace Gavel.Server.Dialects.Piston;

/// <summary>An outcome as Piston shows it.</summary>
internal static class PistonView
{
    private static readonly Dictionary<int, string> Signals = new()
    {
        [1] = "SIGHUP",
        [2] = "SIGINT",
        [3] = "SIGQUIT",
        [4] = "SIGILL",
        [5] = "SIGTRAP",
        [6] = "SIGABRT",
        [7] = "SIGBUS",
        [8] = "SIGFPE",
        [9] = "SIGKILL",
        [10] = "SIGUSR1",
        [11] = "SIGSEGV",
        [12] = "SIGUSR2",
        [13] = "SIGPIPE",
        [14] = "SIGALRM",
        [15] = "SIGTERM",
        [24] = "SIGXCPU",
        [25] = "SIGXFSZ",
        [31] = "SIGSYS",
    };

    public static IReadOnlyCollection<string> SignalNames => Signals.Values;

    public static JsonObject Of(PistonRuntime runtime, RunResult result)
    {
        var failed = result.Status == RunStatus.CompileError;
        var compile = Stage(null, "", result.CompilerOutput, failed ? 1 : 0, null, failed ? "Exited with error status 1" : null, failed ? "RE" : null, 0, 0);
        var answer = new JsonObject { ["run"] = failed ? compile.DeepClone() : Run(result), ["language"] = runtime.Name, ["version"] = runtime.Version.ToString() };
        if (runtime.Compiled)
            answer["compile"] = compile;
        return answer;
    }

    public static JsonObject Run(RunResult result)
    {
        var stdout = Encoding.UTF8.GetString(result.Output.Span);
        var stderr = Encoding.UTF8.GetString(result.ErrorOutput.Span);
        var (status, message, signal) = result.Status switch
        {
            RunStatus.Ok => ((string?)null, (string?)null, (string?)null),
            RunStatus.TimeLimitExceeded => ("TO", "Time limit exceeded", "SIGKILL"),
            RunStatus.OutputLimitExceeded when result.OutputTruncated || !result.ErrorOutputTruncated => ("OL", "stdout length exceeded", "SIGKILL"),
            RunStatus.OutputLimitExceeded => ("EL", "stderr length exceeded", "SIGKILL"),
            RunStatus.JudgeError => ("XX", result.Message, null),
            _ when result.Signal is { } number => ("SG", $"Caught fatal signal {number}", Signals.GetValueOrDefault(number, $"SIG{number}")),
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
