using Gavel.Ledger;
using Gavel.Packages;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Library;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.StaticFiles;

namespace Gavel.Server.Features.Problems;

/// <summary>Reads an image or PDF that a statement shows. Nothing else of a package can be reached this way.</summary>
internal static class GetProblemAsset
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    public static async Task<Results<PhysicalFileHttpResult, ProblemHttpResult>> Handle(
        string slug, string name, Caller caller, PostgresLedger ledger, ProblemLibrary library, HttpResponse response, string? language, CancellationToken cancellation)
    {
        if (await ledger.Problems.FindAsync(caller.Tenant, slug, cancellation) is not { } record)
            return ApiProblem.UnknownProblem(slug);

        var problem = await library.OpenAsync(record.Package, slug, cancellation);
        if (StatementRenderer.FindAsset(problem, language ?? "en", name) is not { } file)
            return ApiProblem.Of("not-found", $"The statement of '{slug}' shows no '{name}'.");

        // An SVG is a document that may carry scripts: it may be shown as an image, and do nothing when it is opened.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        return TypedResults.PhysicalFile(file, Types.TryGetContentType(file, out var type) ? type : "application/octet-stream");
    }
}
