using System.Text;
using Gavel.Core.Judgings;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Output;

/// <summary>A run as <c>--json</c> prints it. Output that is not UTF-8 has its odd bytes replaced. Names and units as in the HTTP API.</summary>
internal sealed record RunDocument(
    string Language,
    RunStatus Status,
    string Output,
    string ErrorOutput,
    bool OutputTruncated,
    bool ErrorOutputTruncated,
    int? ExitCode,
    int? Signal,
    double CpuTimeMs,
    double WallTimeMs,
    long PeakMemoryBytes,
    string CompilerOutput,
    string? Message,
    JudgingRecord? Record)
{
    public static RunDocument From(Language language, RunResult result) => new(
        language.Id,
        result.Status,
        Encoding.UTF8.GetString(result.Output.Span),
        Encoding.UTF8.GetString(result.ErrorOutput.Span),
        result.OutputTruncated,
        result.ErrorOutputTruncated,
        result.ExitCode,
        result.Signal,
        result.CpuTime.TotalMilliseconds,
        result.WallTime.TotalMilliseconds,
        result.PeakMemory.Count,
        result.CompilerOutput,
        result.Message,
        result.Record);
}
