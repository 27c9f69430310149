using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue;

namespace Gavel.Ledger;

/// <summary>A submission to be stored and queued. Whether it may be is decided before.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Author">Who handed it in.</param>
/// <param name="Problem">What it is meant to solve.</param>
/// <param name="ProblemVersion">The version that it is judged against, as <see cref="ProblemRecord.Version"/> said.</param>
/// <param name="Language">Language id of the language table.</param>
/// <param name="Files">The source files; the first is the main one.</param>
/// <param name="Lane">Where it waits.</param>
public sealed record NewSubmission(
    TenantId Tenant, UserId Author, ProblemId Problem, int ProblemVersion, string Language, IReadOnlyList<SourceFile> Files, Lane Lane)
{
    /// <summary>What the author chose about the building; null for nothing. Checked by the caller.</summary>
    public BuildChoice? Build { get; init; }

    /// <summary>True to judge on after the first failing testcase.</summary>
    public bool RunAllTestcases { get; init; }

    /// <summary>The contest it was handed in to.</summary>
    public Guid? Contest { get; init; }

    /// <summary>Where its verdicts are told, beside the tenant's webhooks.</summary>
    public string? CallbackUrl { get; init; }
}

/// <summary>A submission that is durable and queued.</summary>
/// <param name="Id">The submission.</param>
/// <param name="Judging">Its first judging: what <see cref="JudgingEvents"/> follows.</param>
/// <param name="CreatedAt">When it was stored.</param>
public sealed record SubmissionReceipt(SubmissionId Id, JudgingId Judging, DateTimeOffset CreatedAt);
