using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Gavel.Core.Judgings;
using Gavel.Ledger;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>A submission as Judge0 shows it: which fields, in which types and encodings.</summary>
internal sealed class Judge0View(Judge0Submission submission, IReadOnlyList<RunDetails> runs, bool started, Judge0Languages languages)
{
    public static readonly IReadOnlyList<string> DefaultFields = ["token", "time", "memory", "stdout", "stderr", "compile_output", "message", "status"];

    public static readonly IReadOnlyList<string> AllFields =
    [
        "source_code", "language_id", "stdin", "expected_output", "stdout", "status_id", "created_at", "finished_at", "time", "memory", "stderr", "token",
        "number_of_runs", "cpu_time_limit", "cpu_extra_time", "wall_time_limit", "memory_limit", "stack_limit", "max_processes_and_or_threads",
        "enable_per_process_and_thread_time_limit", "enable_per_process_and_thread_memory_limit", "max_file_size", "compile_output", "exit_code", "exit_signal",
        "message", "wall_time", "compiler_options", "command_line_arguments", "redirect_stderr_to_stdout", "callback_url", "additional_files",
        "enable_network", "status", "language",
    ];

    private readonly RunDetails? _decisive = runs.Count > 0 && runs.All(r => r.Result is not null)
        ? runs.FirstOrDefault(r => Judge0Status.Of(r.Result!, submission.Request.ExpectedOutput) != Judge0Status.Accepted) ?? runs[^1]
        : null;

    /// <summary>The object; null when a text is not UTF-8 and base64 was not asked for.</summary>
    public JsonObject? Write(IReadOnlyList<string> fields, bool base64)
    {
        var view = new JsonObject();
        foreach (var field in fields)
        {
            if (!TryField(field, base64, out var value))
                return null;
            view[field] = value;
        }

        return view;
    }

    private RunResult? Result => _decisive?.Result;

    /// <summary>Judge0 does not compile interpreted languages: what Gavel's syntax check finds is a failed run there.</summary>
    private bool FailedCheck => Result?.Status == RunStatus.CompileError && languages.Find(submission.Request.LanguageId)?.Language?.KeepsSources == true;

    private bool CompileFailed => Result?.Status == RunStatus.CompileError && !FailedCheck || FailedScript is not null;

    /// <summary>What the compile script of a multi-file program wrote, when it failed.</summary>
    private byte[]? FailedScript => Result is { Status: RunStatus.RunTimeError, ExitCode: 1 } result && submission.Request.MultiFile
        && (submission.Request.RedirectStderr ? result.Output : result.ErrorOutput).Span is var told && told.StartsWith(CompileScriptFailed)
            ? told[CompileScriptFailed.Length..].ToArray()
            : null;

    private static ReadOnlySpan<byte> CompileScriptFailed => "gavel: the compile script failed\n"u8;

    public int StatusId => Result is null
        ? started ? Judge0Status.Processing : Judge0Status.InQueue
        : FailedScript is not null ? Judge0Status.CompilationError
        : FailedCheck ? Judge0Status.NonZeroExit : Judge0Status.Of(Result, submission.Request.ExpectedOutput);

    private bool TryField(string field, bool base64, out JsonNode? value)
    {
        var request = submission.Request;
        value = field switch
        {
            "token" => submission.Token.ToString(),
            "language_id" => request.LanguageId,
            "status_id" => StatusId,
            "status" => new JsonObject { ["id"] = StatusId, ["description"] = Judge0Status.Description(StatusId) },
            "language" => new JsonObject { ["id"] = request.LanguageId, ["name"] = languages.Find(request.LanguageId)?.Name },
            "created_at" => Time(submission.CreatedAt),
            "finished_at" => _decisive?.CompletedAt is { } at ? Time(at) : null,
            "time" => Ran ? Seconds(Average(r => (decimal)r.CpuTime.TotalSeconds)) : null,
            "wall_time" => Ran ? Seconds(Average(r => (decimal)r.WallTime.TotalSeconds)) : null,
            "memory" => Ran ? (int)(Average(r => r.PeakMemory.Count) / 1024) : null,
            "number_of_runs" => request.NumberOfRuns,
            "cpu_time_limit" => Decimal(request.CpuTimeLimit),
            "cpu_extra_time" => Decimal(request.CpuExtraTime),
            "wall_time_limit" => Decimal(request.WallTimeLimit),
            "memory_limit" => request.MemoryLimit,
            "stack_limit" => request.StackLimit,
            "max_processes_and_or_threads" => request.MaxProcesses,
            "enable_per_process_and_thread_time_limit" => request.PerProcessTimeLimit,
            "enable_per_process_and_thread_memory_limit" => request.PerProcessMemoryLimit,
            "max_file_size" => request.MaxFileSize,
            "exit_code" => Ran ? FailedCheck ? 1 : Result!.ExitCode ?? 0 : null, // what isolate does not tell is 0 there
            "exit_signal" => Ran ? Signal : null,
            "compiler_options" => request.CompilerOptions,
            "command_line_arguments" => request.CommandLineArguments,
            "redirect_stderr_to_stdout" => request.RedirectStderr,
            "callback_url" => request.CallbackUrl,
            "enable_network" => request.EnableNetwork,
            "additional_files" => request.AdditionalFiles is { } zip ? RubyBase64.Encode(zip) : null,
            _ => null,
        };

        return Texts(field) is not { } texts || TryText(texts(), base64, out value);
    }

    private static byte[] CompileTimeLimit => "Compilation time limit exceeded."u8.ToArray();

    private bool Ran => Result is not null && !CompileFailed && Result.Status != RunStatus.JudgeError;

    private int? Signal => Result?.Status switch
    {
        RunStatus.OutputLimitExceeded => Judge0Status.SigXfsz,
        RunStatus.MemoryLimitExceeded when Result.ExitCode is null => Result.Signal ?? Judge0Status.SigKill,
        _ => Result?.Signal,
    };

    /// <summary>The fields that are texts of any bytes.</summary>
    private Func<byte[]?>? Texts(string field) => field switch
    {
        "source_code" => () => submission.Request.SourceCode,
        "stdin" => () => submission.Request.Stdin,
        "expected_output" => () => submission.Request.ExpectedOutput,
        "stdout" => () => Ran && !FailedCheck ? Result!.Output.ToArray() : null,
        "stderr" => () => FailedCheck ? Encoding.UTF8.GetBytes(Result!.CompilerOutput) : Ran ? Result!.ErrorOutput.ToArray() : null,
        "compile_output" => () => FailedCheck || Result is null ? null : FailedScript ?? (Result.CompileTimedOut ? CompileTimeLimit : Encoding.UTF8.GetBytes(Result.CompilerOutput)),
        "message" => () => Message is { } message ? Encoding.UTF8.GetBytes(message) : null,
        _ => null,
    };

    private string? Message => Result is null || CompileFailed ? null : StatusId switch
    {
        Judge0Status.Accepted or Judge0Status.WrongAnswer => null,
        Judge0Status.TimeLimit => Result.CpuTime >= TimeSpan.FromSeconds((double)submission.Request.CpuTimeLimit) ? "Time limit exceeded" : "Time limit exceeded (wall clock)",
        Judge0Status.NonZeroExit => $"Exited with error status {(FailedCheck ? 1 : Result.ExitCode)}",
        Judge0Status.Internal => Result.Message ?? "Internal error",
        _ when Signal is { } signal => $"Caught fatal signal {signal}",
        _ => Result.Message,
    };

    private static bool TryText(byte[]? bytes, bool base64, out JsonNode? value)
    {
        value = null;
        if (bytes is null or { Length: 0 })
            return true;
        if (base64)
        {
            value = RubyBase64.Encode(bytes);
            return true;
        }

        if (!Utf8.IsValid(bytes))
            return false;

        value = Encoding.UTF8.GetString(bytes);
        return true;
    }

    private decimal Average(Func<RunResult, decimal> value)
    {
        // Judge0 stops at the first run that is not accepted and averages over those that it made.
        var made = runs.TakeWhile(r => r != _decisive).Append(_decisive!).Select(r => value(r.Result!)).ToList();
        return made.Sum() / made.Count;
    }

    private static string Seconds(decimal value) => Math.Round(value, 3).ToString("0.0##", CultureInfo.InvariantCulture);

    private static string Decimal(decimal value) => value.ToString("0.0#####", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
