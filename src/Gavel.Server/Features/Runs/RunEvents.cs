using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Live;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Runs;

/// <summary>Follows a run as server-sent events.</summary>
internal static class RunEvents
{
    public static async Task<Results<EventStream<object>, NoContent, ProblemHttpResult>> Handle(
        Guid id, Caller caller, PostgresLedger ledger, ServerOptions options, HttpRequest request, CancellationToken cancellation)
    {
        if (await GetRun.FindAsync(ledger, caller, id, cancellation) is not { } run)
            return ApiProblem.UnknownRun(id.ToString());
        if (LiveEvents.HasSeenAll(request, run.Judging))
            return TypedResults.NoContent();

        return new EventStream<object>(
            LiveEvents.StreamAsync(ledger.Events, run.Judging, LiveEvents.ResumeAfter(request, run.Judging), cancellation), options.KeepAlive);
    }
}
