namespace Gavel.Server.Features.Problems;

/// <summary>The pages about problems.</summary>
internal static class ProblemRoutes
{
    public static void MapProblemPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", BrowseProblems.Handle);
        pages.MapGet("/problems", BrowseProblems.Handle);
        pages.MapGet("/problems/{slug}", ShowProblem.Handle);
        pages.MapGet("/problems/{slug}/statement/{language}/{**name}", GetStatementFile.Handle);
    }
}
