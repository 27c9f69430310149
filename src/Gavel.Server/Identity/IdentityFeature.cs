using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;

namespace Gavel.Server.Identity;

/// <summary>Who callers are, and what that lets them do.</summary>
internal static class IdentityFeature
{
    private const string Either = "Gavel";

    public static void AddGavelIdentity(this IServiceCollection services, ServerOptions options)
    {
        services.AddDataProtection();
        services.AddAntiforgery(a =>
        {
            a.Cookie.Name = "gavel.form";
            a.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, p => p.ForwardDefaultSelector = http =>
                BearerHandler.TokenOf(http.Request) is null && http.Request.Cookies.ContainsKey(SessionCookie) ? CookieAuthenticationDefaults.AuthenticationScheme : BearerHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, null)
            .AddCookie(c =>
            {
                c.Cookie.Name = SessionCookie;
                c.Cookie.HttpOnly = true;
                c.Cookie.SameSite = SameSiteMode.Lax;
                c.ExpireTimeSpan = TimeSpan.FromDays(30);
                c.SlidingExpiration = true;
                c.ForwardChallenge = c.ForwardForbid = BearerHandler.SchemeName;
            });
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Participate, p => p.RequireAssertion(c => options.AllowAnonymous && !BadKey(c) || !Caller.From(c.User).IsAnonymous))
            .AddPolicy(Policies.ManageProblems, p => p.RequireRole(Roles.Admin, Roles.Setter))
            .AddPolicy(Policies.Administer, p => p.RequireRole(Roles.Admin));
    }

    /// <summary>Name of the session cookie.</summary>
    public const string SessionCookie = "gavel.session";

    /// <summary>A key that does not hold is refused even where none is needed: its owner should learn that.</summary>
    private static bool BadKey(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && BearerHandler.TokenOf(http.Request) is not null && http.User.Identity is not { IsAuthenticated: true };
}
