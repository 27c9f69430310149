using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Ui;

/// <summary><c>GET /assets/{file}</c>: bundled files, compressed when they were built.</summary>
internal static class AssetEndpoint
{
    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/assets/{file}", Get).AllowAnonymous().ExcludeFromDescription();

    private static Results<FileStreamHttpResult, NotFound> Get(string file, AssetCatalog assets, HttpContext context)
    {
        var type = Path.GetExtension(file) switch
        {
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".woff2" => "font/woff2",
            _ => null, // the manifest and the compressed twins have no address of their own
        };
        if (type is null || assets.Open(file) is not { } plain)
            return TypedResults.NotFound();

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (AcceptsBrotli(context.Request) && assets.Open(file + ".br") is { } compressed)
        {
            plain.Dispose();
            context.Response.Headers.ContentEncoding = "br";
            return TypedResults.Stream(compressed, type);
        }

        return TypedResults.Stream(plain, type);
    }

    private static bool AcceptsBrotli(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && e.Quality is not 0);
}
