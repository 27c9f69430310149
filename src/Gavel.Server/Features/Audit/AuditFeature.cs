using System.ComponentModel;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Audit;

/// <summary>The log of privileged acts.</summary>
internal static class AuditFeature
{
    /// <summary>One page, newest first.</summary>
    internal sealed record AuditPage(IReadOnlyList<AuditEntry> Items, Guid? Next);

    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/audit", List).WithName("ListAudit").WithSummary("Lists privileged acts in the tenant, newest first.").WithTags("Operations").RequireAuthorization(Policies.Administer);

    private static async Task<Results<Ok<AuditPage>, ProblemHttpResult>> List(
        Caller caller, AuditLog audit, [Description("The id 'next' of the page before.")] Guid? before, [Description("1 to 200; 50 when left out.")] int? limit, CancellationToken cancellation)
    {
        if (ApiProblem.BadLimit(limit, 200) is { } badLimit)
            return badLimit;

        var page = await audit.ListAsync(caller.Tenant, before, limit ?? 50, cancellation);
        return TypedResults.Ok(new AuditPage(page, page.Count == (limit ?? 50) ? page[^1].Id : null));
    }
}
