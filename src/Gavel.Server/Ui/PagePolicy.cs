using System.Security.Cryptography;

namespace Gavel.Server.Ui;

/// <summary>
/// Headers of a page: scripts, fonts and images from this server only, no inline script at all, styles from this server or from the editor, which
/// makes its style sheets at run time and shows the nonce. Style attributes are allowed: of a statement's, the sanitizer leaves width and alignment. Pages show what belongs to one person, so no cache keeps them.
/// </summary>
internal sealed class PagePolicy : IEndpointFilter
{
    private static readonly object NonceKey = new();

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{Nonce(http)}'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
            "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        http.Response.Headers.CacheControl = "no-cache, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        return await next(context);
    }

    /// <summary>The nonce of the style sheets that this request's page may make.</summary>
    public static string Nonce(HttpContext http)
    {
        if (http.Items[NonceKey] is not string nonce)
            http.Items[NonceKey] = nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        return nonce;
    }
}
