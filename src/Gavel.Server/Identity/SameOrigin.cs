using Gavel.Server.Http;

namespace Gavel.Server.Identity;

/// <summary>
/// Refuses requests that change something, come with a session cookie, and were sent by another site's page. Forms of our own pages carry an
/// antiforgery token besides; keys are not sent by browsers on their own and need none of this.
/// </summary>
internal static class SameOrigin
{
    public static void UseSameOriginRule(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var request = context.Request;
        var safe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        // A WebSocket begins with a GET, and browsers let any site begin one.
        return (!safe || context.WebSockets.IsWebSocketRequest) && IsForeign(request)
            ? ApiProblem.Of("forbidden", "This request came from another site's page with your session; it was not carried out.").ExecuteAsync(context)
            : next(context);
    });

    private static bool IsForeign(HttpRequest request)
    {
        if (BearerHandler.TokenOf(request) is not null || !request.Cookies.ContainsKey(IdentityFeature.SessionCookie))
            return false;

        var foreignSite = request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site && site is not ("same-origin" or "none");
        var foreignOrigin = request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var url) && string.Equals(url.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
        return foreignSite || foreignOrigin;
    }
}
