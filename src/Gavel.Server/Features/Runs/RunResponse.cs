using System.Text;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Server.Http;

namespace Gavel.Server.Features.Runs;

/// <summary>A run with its outcome.</summary>
internal sealed record RunResponse : JudgedResponse
{
    /// <summary>How it ended, when done.</summary>
    public RunStatus? Outcome { get; init; }

    /// <summary>Standard output as text; bytes that are not UTF-8 are replaced.</summary>
    public string? Stdout { get; init; }

    /// <summary>Standard output in base64; there only when it is not UTF-8.</summary>
    public string? StdoutBase64 { get; init; }

    /// <summary>True when standard output was cut at its limit.</summary>
    public bool? StdoutTruncated { get; init; }

    /// <summary>Standard error as text; bytes that are not UTF-8 are replaced.</summary>
    public string? Stderr { get; init; }

    /// <summary>Standard error in base64; there only when it is not UTF-8.</summary>
    public string? StderrBase64 { get; init; }

    /// <summary>True when standard error was cut at its limit.</summary>
    public bool? StderrTruncated { get; init; }

    /// <summary>The exit code, when the program exited.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended the program.</summary>
    public int? Signal { get; init; }

    /// <summary>Wall time in milliseconds.</summary>
    public double? WallTimeMs { get; init; }

    /// <summary>Anything worth telling, for example which limit was hit.</summary>
    public string? Message { get; init; }

    public static RunResponse Queued(RunReceipt receipt, string language) => new()
    {
        Id = receipt.Id.Value,
        Language = language,
        CreatedAt = receipt.CreatedAt,
        Status = JudgingStage.Queued,
    };

    public static RunResponse From(RunDetails run, JudgingStage? stage = null)
    {
        var response = new RunResponse
        {
            Id = run.Id.Value,
            Language = run.Language,
            CreatedAt = run.CreatedAt,
            Status = stage ?? run.Stage,
            CompletedAt = run.CompletedAt,
        };
        return run.Result is not { } result ? response : response with
        {
            Outcome = result.Status,
            CompilerOutput = result.CompilerOutput is { Length: > 0 } output ? output : null,
            Stdout = Encoding.UTF8.GetString(result.Output.Span),
            StdoutBase64 = Base64UnlessText(result.Output.Span),
            StdoutTruncated = result.OutputTruncated,
            Stderr = Encoding.UTF8.GetString(result.ErrorOutput.Span),
            StderrBase64 = Base64UnlessText(result.ErrorOutput.Span),
            StderrTruncated = result.ErrorOutputTruncated,
            ExitCode = result.ExitCode,
            Signal = result.Signal,
            CpuTimeMs = result.CpuTime.TotalMilliseconds,
            WallTimeMs = result.WallTime.TotalMilliseconds,
            PeakMemoryBytes = result.PeakMemory.Count,
            Message = result.Message,
            Record = result.Record,
        };
    }

    public static RunResponse From(RunSummary run) => new()
    {
        Id = run.Id.Value,
        Language = run.Language,
        CreatedAt = run.CreatedAt,
        Status = run.CompletedAt is null ? JudgingStage.Queued : JudgingStage.Done,
        CompletedAt = run.CompletedAt,
        Outcome = run.Outcome,
        CpuTimeMs = run.CpuTime?.TotalMilliseconds,
        PeakMemoryBytes = run.PeakMemory?.Count,
    };

    private static string? Base64UnlessText(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? null : Convert.ToBase64String(bytes);
}
