using Gavel.Ledger;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Health;

/// <summary>For load balancers: alive (the process answers) and ready (the ledger answers too).</summary>
internal static class HealthFeature
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Text("ok\n")).WithName("Health").WithSummary("Says that the process answers.").WithTags("Operations").AllowAnonymous();
        routes.MapGet("/readyz", Ready).WithName("Ready").WithSummary("Says whether the server can take work: 200, or 503 while the ledger cannot be reached.")
            .WithTags("Operations").AllowAnonymous();
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> Ready(PostgresLedger ledger, CancellationToken cancellation) =>
        await ledger.IsReachableAsync(cancellation)
            ? TypedResults.Text("ready\n")
            : Http.ApiProblem.Of("overloaded", "The ledger (PostgreSQL) cannot be reached; nothing can be accepted until it can.");
}
