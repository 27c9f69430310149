using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Verification;

namespace Gavel.Cli.Output;

/// <summary>A verification as <c>--json</c> prints it. Names and units as in the HTTP API.</summary>
internal sealed record VerificationDocument(string Problem, bool Passed)
{
    /// <summary>Why the package cannot be judged at all.</summary>
    public IReadOnlyList<PackageIssue>? Refusals { get; init; }

    public string? Title { get; init; }

    public double? TimeLimitMs { get; init; }

    public int? Testcases { get; init; }

    public IReadOnlyList<SubmissionDocument>? Submissions { get; init; }

    public IReadOnlyList<PackageIssue>? Warnings { get; init; }

    public IReadOnlyList<PackageFinding>? Findings { get; init; }

    public MarginsDocument? Margins { get; init; }

    public string? AnswersReproducedBy { get; init; }

    public static VerificationDocument Refused(string slug, IReadOnlyList<PackageIssue> issues) => new(slug, false) { Refusals = issues };

    public static VerificationDocument From(VerificationReport report) => new(report.Problem.Slug, report.Passed)
    {
        Title = report.Problem.Title(),
        TimeLimitMs = report.TimeLimit.TotalMilliseconds,
        Testcases = report.Problem.Testcases.Count(),
        Submissions = [.. report.Submissions.Select(SubmissionDocument.From)],
        Warnings = report.Problem.Warnings,
        Findings = report.Findings,
        Margins = new(report.Margins.SlowestAccepted?.Submission, report.Margins.SlowestAccepted?.Time.TotalMilliseconds, report.Margins.BelowLimit,
            report.Margins.FastestExceeding?.Submission, report.Margins.FastestExceeding?.Time.TotalMilliseconds, report.Margins.BeyondLimit),
        AnswersReproducedBy = report.AnswersReproducedBy,
    };
}

/// <summary>How far a package's submissions keep away from its time limit: names, times, and the factors to the limit. Null where nothing bounds it.</summary>
internal sealed record MarginsDocument(string? SlowestAccepted, double? SlowestAcceptedMs, double? LimitPerSlowest, string? FastestExceeding, double? FastestExceedingMs, double? FastestPerLimit);

/// <summary>One submission of a verification as <c>--json</c> prints it.</summary>
internal sealed record SubmissionDocument(
    string Submission,
    string? Language,
    bool Matches,
    string? Verdict,
    double? Score,
    double? SlowestMs,
    double? TimeLimitMs,
    double? ShareOfTimeLimit,
    long? PeakMemoryBytes,
    IReadOnlyList<string> Mismatches,
    IReadOnlyList<TestcaseDocument> Testcases)
{
    public static SubmissionDocument From(VerifiedSubmission submission) => new(
        submission.Submission.Name,
        submission.LanguageId,
        submission.Matches,
        submission.Result?.Verdict.ShortName(),
        submission.Result?.Score,
        submission.Result?.MaximumCpuTime.TotalMilliseconds,
        submission.TimeLimit.TotalMilliseconds,
        submission.ShareOfTimeLimit,
        submission.Result?.MaximumPeakMemory.Count,
        submission.Mismatches,
        [.. submission.Result?.Testcases.Where(t => t.Verdict != Core.Judgings.Verdict.Skipped).Select(TestcaseDocument.From) ?? []]);
}
