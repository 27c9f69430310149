using Gavel.Server.Identity;

namespace Gavel.Server.Features.Problems;

/// <summary>Problems: list, read, upload.</summary>
internal static class ProblemsFeature
{
    public static void MapProblems(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/problems").WithTags("Problems").RequireAuthorization(Policies.Participate);
        group.MapGet("", ListProblems.Handle).WithName("ListProblems").WithSummary("Lists the problems by slug.");
        group.MapGet("/{slug}", GetProblem.Handle).WithName("GetProblem").WithSummary("Reads a problem: statement, samples, limits.");
        group.MapGet("/{slug}/assets/{**name}", GetProblemAsset.Handle).WithName("GetProblemAsset").WithSummary("Reads an image that the statement shows.");
        group.MapPut("/{slug}", PutProblem.Handle).WithName("PutProblem").WithSummary("Uploads a problem package (a zip) as the current version of the problem.")
            .Accepts<Stream>("application/zip").RequireAuthorization(Policies.ManageProblems);
    }
}
