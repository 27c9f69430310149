using Gavel.Server.Http;
using Microsoft.AspNetCore.Antiforgery;

namespace Gavel.Server.Ui;

/// <summary>Refuses forms without their antiforgery token: made up by another site, or older than the browser's cookie. Nothing failed, so nothing is logged as a failure.</summary>
internal static class ForgedForms
{
    /// <summary>Comes after antiforgery, which only notes what it found.</summary>
    public static void UseForgedFormRule(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
            await next(http);
        else if (http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/html"))
            await Pages.Forged().ExecuteAsync(http);
        else
            await ApiProblem.Of("malformed-request", "The form has no valid antiforgery token. Open its page again and send it from there.").ExecuteAsync(http);
    });
}
