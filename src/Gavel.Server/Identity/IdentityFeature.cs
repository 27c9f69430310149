using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;

namespace Gavel.Server.Identity;

/// <summary>Who callers are, and what that lets them do.</summary>
internal static class IdentityFeature
{
    /// <summary>Name of the session cookie.</summary>
    public const string SessionCookie = "gavel.session";

    /// <summary>The claim that ties a session to the state of its account.</summary>
    public const string StampClaim = "gavel:stamp";

    private const string Either = "Gavel";

    public static void AddGavelIdentity(this IServiceCollection services, ServerOptions options)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<Users>();
        services.AddSingleton<Standing>();
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<AuditLog>();
        services.AddDataProtection().SetApplicationName("Gavel"); // else the folder of the installation, which need not be the same on every server
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(o =>
        {
            o.XmlRepository = provider.GetRequiredService<LedgerKeyRing>();
            o.XmlEncryptor = new NullXmlEncryptor(); // the ring encrypts them whole
        }));
        services.AddAntiforgery(a =>
        {
            a.Cookie.Name = "gavel.form";
            a.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, p => p.ForwardDefaultSelector = http =>
                BearerHandler.TokenOf(http.Request) is null && http.Request.Cookies.ContainsKey(SessionCookie)
                    ? CookieAuthenticationDefaults.AuthenticationScheme
                    : BearerHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, null)
            .AddCookie(c =>
            {
                c.Cookie.Name = SessionCookie;
                c.Cookie.HttpOnly = true;
                c.Cookie.SameSite = SameSiteMode.Lax;
                c.ExpireTimeSpan = TimeSpan.FromDays(30);
                c.SlidingExpiration = true;
                c.ForwardChallenge = c.ForwardForbid = BearerHandler.SchemeName;
                c.Events.OnValidatePrincipal = EndSessionsOfChangedAccountsAsync;
            })
            .AddLoginProvider(options.LoginProvider);

        bool Open(AuthorizationHandlerContext c) => options.AllowAnonymous && !HasBadKey(c) || !Caller.From(c.User).IsAnonymous;
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Participate, p => p.RequireAssertion(c => Open(c) && Caller.From(c.User).May(Scopes.Read)))
            .AddPolicy(Policies.Submit, p => p.RequireAssertion(c => Open(c) && Caller.From(c.User).May(Scopes.Submit)))
            .AddPolicy(Policies.Run, p => p.RequireAssertion(c => Open(c) && Caller.From(c.User).May(Scopes.Run)))
            .AddPolicy(Policies.ManageProblems, p => p.RequireRole(Roles.Admin, Roles.Setter).RequireAssertion(c => Caller.From(c.User).May(Scopes.Problems)))
            .AddPolicy(Policies.ManageWebhooks, p => p.RequireRole(Roles.Admin, Roles.Service).RequireAssertion(c => Caller.From(c.User).May(Scopes.Webhooks)))
            .AddPolicy(Policies.Account, p => p.RequireAssertion(c => Caller.From(c.User) is { IsAnonymous: false } caller && caller.May(Scopes.Admin)))
            .AddPolicy(Policies.Operate, p => p.RequireAssertion(c => Caller.From(c.User) is { IsOperator: true } caller && caller.May(Scopes.Admin)))
            .AddPolicy(Policies.ReadUsage, p => p.RequireRole(Roles.Admin, Roles.Service).RequireAssertion(c => Caller.From(c.User).May(Scopes.Read)))
            .AddPolicy(Policies.Administer, p => p.RequireRole(Roles.Admin).RequireAssertion(c => Caller.From(c.User).May(Scopes.Admin)));
    }

    /// <summary>A session ends when the password, the roles or the state of its account change. A visitor's has no account.</summary>
    private static async Task EndSessionsOfChangedAccountsAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal is { } principal
            && !await context.HttpContext.RequestServices.GetRequiredService<Standing>().HoldsAsync(principal, context.HttpContext.RequestAborted))
            context.RejectPrincipal();
    }

    /// <summary>A key that does not hold is refused even where none is needed: its owner should learn that.</summary>
    private static bool HasBadKey(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && BearerHandler.TokenOf(http.Request) is not null && http.User.Identity is not { IsAuthenticated: true };
}
