using System.ComponentModel;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Live;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Submissions;

/// <summary>Reads one submission.</summary>
internal static class GetSubmission
{
    /// <summary>The longest that one request waits for a verdict, in seconds.</summary>
    public const double LongestWait = 60;

    public static async Task<Results<Ok<SubmissionResponse>, StatusCodeHttpResult, ProblemHttpResult>> Handle(
        Guid id, Caller caller, PostgresLedger ledger, HttpContext http, TimeProvider time,
        [Description("Seconds to wait for the verdict, 0 to 60.")] double? wait, CancellationToken cancellation)
    {
        if (wait is < 0 or > LongestWait)
            return ApiProblem.Invalid("wait", $"Wait between 0 and {LongestWait} seconds.");
        if (await FindAsync(ledger, caller, id, cancellation) is not { } details)
            return ApiProblem.UnknownSubmission(id.ToString());

        var judging = details.Summary.Judging;
        if (details.Result is null && await ledger.Events.WaitUntilDoneAsync(judging, TimeSpan.FromSeconds(wait ?? 0), cancellation))
            details = await FindAsync(ledger, caller, id, cancellation) ?? details;
        var stage = details.Result is null ? await ledger.Events.StageAsync(judging, cancellation) : JudgingStage.Done;
        var queue = await QueueResponse.OfAsync(ledger, judging, stage, time, cancellation);
        return EntityTags.Matches(http, $"{judging.Value:n}-{stage}-{queue?.Position}-{(caller.IsJury ? "jury" : "all")}")
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(SubmissionResponse.From(details, stage, caller.IsJury) with { Queue = queue });
    }

    /// <summary>The submission when the caller may see it; else null, as if there were none.</summary>
    public static async Task<SubmissionDetails?> FindAsync(PostgresLedger ledger, Caller caller, Guid id, CancellationToken cancellation) =>
        await ledger.Submissions.FindAsync(caller.Tenant, new SubmissionId(id), cancellation) is { } details
        && caller.MayRead(caller.Tenant, details.Summary.Author)
            ? details
            : null;
}
