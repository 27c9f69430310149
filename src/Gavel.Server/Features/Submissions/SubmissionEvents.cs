using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Live;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Submissions;

/// <summary>Follows a submission's judging as server-sent events.</summary>
internal static class SubmissionEvents
{
    public static async Task<Results<EventStream<object>, NoContent, ProblemHttpResult>> Handle(
        Guid id, Caller caller, PostgresLedger ledger, ServerOptions options, HttpRequest request, CancellationToken cancellation)
    {
        if (await GetSubmission.FindAsync(ledger, caller, id, cancellation) is not { } details)
            return ApiProblem.UnknownSubmission(id.ToString());

        var judging = details.Summary.Judging;
        if (LiveEvents.HasSeenAll(request, judging))
            return TypedResults.NoContent();

        return new EventStream<object>(
            LiveEvents.StreamAsync(ledger.Events, judging, LiveEvents.ResumeAfter(request, judging), cancellation), options.KeepAlive);
    }
}
