using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue;

namespace Gavel.Ledger;

/// <summary>A submission as a list shows it, with the judging that counts.</summary>
public sealed record SubmissionSummary
{
    /// <summary>The submission.</summary>
    public required SubmissionId Id { get; init; }

    /// <summary>Who handed it in.</summary>
    public required UserId Author { get; init; }

    /// <summary>The problem.</summary>
    public required ProblemId Problem { get; init; }

    /// <summary>The problem's short name.</summary>
    public required string ProblemSlug { get; init; }

    /// <summary>The problem's title in the version that was judged.</summary>
    public required string ProblemTitle { get; init; }

    /// <summary>The version that it is judged against.</summary>
    public required int ProblemVersion { get; init; }

    /// <summary>The contest it was handed in to.</summary>
    public Guid? Contest { get; init; }

    /// <summary>Language id.</summary>
    public required string Language { get; init; }

    /// <summary>Where it was queued.</summary>
    public required Lane Lane { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The judging that counts.</summary>
    public required JudgingId Judging { get; init; }

    /// <summary>Where that judging stands. A list knows only whether it is done; <see cref="JudgingEvents"/> knows the rest.</summary>
    public JudgingStage Stage => CompletedAt is null ? JudgingStage.Queued : JudgingStage.Done;

    /// <summary>The verdict, when done.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The points, in scoring problems.</summary>
    public double? Score { get; init; }

    /// <summary>The largest CPU time over its testcases.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>The largest peak memory over its testcases.</summary>
    public Bytes? PeakMemory { get; init; }

    /// <summary>When the verdict was recorded.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The worker whose result was recorded.</summary>
    public string? Worker { get; init; }
}

/// <summary>A submission with everything that is recorded about its judging.</summary>
/// <param name="Summary">What a list shows.</param>
/// <param name="Result">The recorded outcome; null while it is open.</param>
public sealed record SubmissionDetails(SubmissionSummary Summary, JudgingResult? Result);

/// <summary>Which submissions a list shows, newest first. What is null does not filter.</summary>
public sealed record SubmissionFilter(TenantId Tenant)
{
    /// <summary>Those of one author.</summary>
    public UserId? Author { get; init; }

    /// <summary>Those for one problem.</summary>
    public ProblemId? Problem { get; init; }

    /// <summary>Those in one contest.</summary>
    public Guid? Contest { get; init; }

    /// <summary>Those in one language.</summary>
    public string? Language { get; init; }

    /// <summary>Those with one verdict.</summary>
    public Verdict? Verdict { get; init; }
}
