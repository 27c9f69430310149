using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Submissions;

/// <summary>Cancels a submission that is open, and removes what is kept of it. For its author and admins; a contest's submissions stay.</summary>
internal static class DeleteSubmission
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Caller caller, PostgresLedger ledger, Erasure erasure, AuditLog audit, CancellationToken cancellation)
    {
        if (await GetSubmission.FindAsync(ledger, caller, id, cancellation) is not { } details)
            return ApiProblem.UnknownSubmission(id.ToString());
        if (details.Summary.Author != caller.User && !caller.IsAdmin)
            return ApiProblem.Of("forbidden", "Only its author or an admin removes a submission.");
        if (details.Summary.Contest is not null && !caller.IsAdmin)
            return ApiProblem.Of("conflict", "A contest's submissions stay.");

        await erasure.RemoveSubmissionAsync(caller.Tenant, id, cancellation);
        if (details.Summary.Author != caller.User)
            await audit.WriteAsync(caller, "submission.delete", id.ToString(), cancellation);
        return TypedResults.NoContent();
    }
}
