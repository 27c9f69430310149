using Gavel.Ledger;
using Gavel.Packages;
using Gavel.Server.Identity;
using Gavel.Server.Library;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Problems;

/// <summary>
/// An image or PDF beside a statement, and nothing else of the package: hidden data has no address. It was uploaded, so the browser is told to
/// take it for what its name says, and SVG to run nothing.
/// </summary>
internal static class GetStatementFile
{
    public static async Task<Results<PhysicalFileHttpResult, NotFound>> Handle(
        string slug, string language, string name, Caller caller, PostgresLedger ledger, ProblemLibrary library, HttpContext http, CancellationToken cancellation)
    {
        if (await ledger.Problems.FindAsync(caller.Tenant, slug, cancellation) is not { } record)
            return TypedResults.NotFound();

        var problem = await library.OpenAsync(record.Package, slug, cancellation);
        if (StatementRenderer.FindAsset(problem, language, name) is not { } path || MediaType(path) is not { } type)
            return TypedResults.NotFound();

        http.Response.Headers.CacheControl = "private, max-age=3600";
        // Browsers show a PDF with a viewer of their own, which a sandbox would switch off.
        http.Response.Headers.ContentSecurityPolicy = type == "application/pdf"
            ? "default-src 'none'; frame-ancestors 'self'"
            : "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        http.Response.Headers.XFrameOptions = "SAMEORIGIN";
        return TypedResults.PhysicalFile(path, type);
    }

    private static string? MediaType(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".svg" => "image/svg+xml",
        ".webp" => "image/webp",
        ".pdf" => "application/pdf",
        _ => null,
    };
}
