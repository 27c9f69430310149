using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Output;

/// <summary>A judging as <c>--json</c> prints it. Names and units as in the HTTP API.</summary>
internal sealed record JudgingDocument(
    string Problem,
    string Language,
    string Verdict,
    double? Score,
    double CpuTimeMs,
    long PeakMemoryBytes,
    string CompilerOutput,
    string? JudgeErrorReason,
    IReadOnlyList<TestcaseDocument> Testcases,
    JudgingRecord? Record)
{
    public static JudgingDocument From(Problem problem, Language language, JudgingResult result) => new(
        problem.Slug,
        language.Id,
        result.Verdict.ShortName(),
        result.Score,
        result.MaximumCpuTime.TotalMilliseconds,
        result.MaximumPeakMemory.Count,
        result.CompilerOutput,
        result.JudgeErrorReason,
        [.. result.Testcases.Select(TestcaseDocument.From)],
        result.Record);
}

/// <summary>One testcase of a judging as <c>--json</c> prints it.</summary>
internal sealed record TestcaseDocument(
    int Ordinal,
    string Testcase,
    bool Sample,
    string Verdict,
    double CpuTimeMs,
    double WallTimeMs,
    long PeakMemoryBytes,
    int? ExitCode,
    int? Signal,
    double? Score,
    string? JudgeMessage,
    string? TeamMessage)
{
    public static TestcaseDocument From(TestcaseResult result) => new(
        result.Ordinal,
        result.Testcase,
        result.Sample,
        result.Verdict.ShortName(),
        result.CpuTime.TotalMilliseconds,
        result.WallTime.TotalMilliseconds,
        result.PeakMemory.Count,
        result.ExitCode,
        result.Signal,
        result.Score,
        result.JudgeMessage,
        result.TeamMessage);
}
