using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Server.Http;

namespace Gavel.Server.Features.Submissions;

/// <summary>A submission and the judging that counts.</summary>
internal sealed record SubmissionResponse : JudgedResponse
{
    /// <summary>The problem's slug.</summary>
    public required string Problem { get; init; }

    /// <summary>AC, WA, TLE, MLE, RTE, OLE, CE, SV or JE, when done.</summary>
    public string? Verdict { get; init; }

    /// <summary>The points, in scoring problems.</summary>
    public double? Score { get; init; }

    /// <summary>How each testcase went, in judging order, when done.</summary>
    public IReadOnlyList<TestcaseResponse>? Testcases { get; init; }

    /// <summary>Why the verdict is JE; told to judges and operators only.</summary>
    public string? JudgeErrorReason { get; init; }

    public static SubmissionResponse Queued(SubmissionReceipt receipt, string problem, string language) => new()
    {
        Id = receipt.Id.Value,
        Problem = problem,
        Language = language,
        CreatedAt = receipt.CreatedAt,
        Status = JudgingStage.Queued,
    };

    /// <param name="details">What the ledger knows.</param>
    /// <param name="stage">Where the judging stands.</param>
    /// <param name="jury">True to tell what contestants may not see.</param>
    public static SubmissionResponse From(SubmissionDetails details, JudgingStage stage, bool jury) => From(details.Summary, stage) with
    {
        CompilerOutput = details.Result?.CompilerOutput is { Length: > 0 } output ? output : null,
        Testcases = details.Result is null ? null : [.. details.Result.Testcases.Select(t => TestcaseResponse.From(t, jury))],
        JudgeErrorReason = jury ? details.Result?.JudgeErrorReason : null,
        Record = details.Result?.Record,
    };

    public static SubmissionResponse From(SubmissionSummary summary, JudgingStage stage) => new()
    {
        Id = summary.Id.Value,
        Problem = summary.ProblemSlug,
        Language = summary.Language,
        CreatedAt = summary.CreatedAt,
        Status = stage,
        Verdict = summary.Verdict?.ShortName(),
        Score = summary.Score,
        CompletedAt = summary.CompletedAt,
        CpuTimeMs = summary.CpuTime?.TotalMilliseconds,
        PeakMemoryBytes = summary.PeakMemory?.Count,
    };
}

/// <summary>How one testcase went.</summary>
/// <param name="Ordinal">1-based position in judging order.</param>
/// <param name="Name">The testcase's name in its package.</param>
/// <param name="Sample">True for samples, which everybody may see whole.</param>
/// <param name="Verdict">Short name; SKIP when it was not run.</param>
/// <param name="CpuTimeMs">CPU time in milliseconds.</param>
/// <param name="WallTimeMs">Wall time in milliseconds.</param>
/// <param name="PeakMemoryBytes">Peak memory in bytes.</param>
/// <param name="ExitCode">Exit code; told for samples only, because a program could print secrets by it.</param>
/// <param name="Signal">The signal that ended the program.</param>
/// <param name="Message">What the checker tells the contestant.</param>
/// <param name="JudgeMessage">What the checker tells judges; not for contestants.</param>
/// <param name="Score">Points, in scoring problems.</param>
internal sealed record TestcaseResponse(
    int Ordinal, string Name, bool Sample, string Verdict, double CpuTimeMs, double WallTimeMs, long PeakMemoryBytes,
    int? ExitCode, int? Signal, string? Message, string? JudgeMessage, double? Score)
{
    public static TestcaseResponse From(TestcaseResult result, bool jury) => new(
        result.Ordinal, result.Testcase, result.Sample, result.Verdict.ShortName(),
        result.CpuTime.TotalMilliseconds, result.WallTime.TotalMilliseconds, result.PeakMemory.Count,
        result.Sample || jury ? result.ExitCode : null, result.Signal, result.TeamMessage, jury ? result.JudgeMessage : null, result.Score);
}
