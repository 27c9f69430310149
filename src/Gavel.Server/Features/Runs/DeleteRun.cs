using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Runs;

/// <summary>Cancels a run that is open, and removes what is kept of it.</summary>
internal static class DeleteRun
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Caller caller, PostgresLedger ledger, Erasure erasure, CancellationToken cancellation) =>
        await GetRun.FindAsync(ledger, caller, id, cancellation) is not null && await erasure.RemoveRunAsync(caller.Tenant, id, cancellation)
            ? TypedResults.NoContent()
            : ApiProblem.UnknownRun(id.ToString());
}
