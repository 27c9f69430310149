using System.Globalization;
using Gavel.Server.Identity;
using Gavel.Server.Limits;
using Gavel.Server.Ui;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gavel.Server.Features.Sessions;

/// <summary>The pages to log in, log out and look after one's account. They hold the rules of the API's session and add none.</summary>
internal static class SessionPages
{
    private const string Home = "/problems", Account = "/account";

    public static void MapSessionPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/login", ShowLogIn).AllowAnonymous();
        pages.MapPost("/login", LogIn).AllowAnonymous().RequireRateLimiting(LimitsFeature.Logins);
        pages.MapGet("/login/provider", ChallengeProvider).AllowAnonymous();
        pages.MapPost("/logout", LogOut).AllowAnonymous();
        pages.MapGet(Account, ShowAccount).AllowAnonymous();
        pages.MapPost("/account/password", ChangePassword).RequireAuthorization(Policies.Account).RequireRateLimiting(LimitsFeature.Logins);
    }

    private static IResult ShowLogIn(string? to, string? refused, Caller caller, ServerOptions options) => caller.IsAnonymous
        ? LogInPage(options, SessionCookie.LocalOr(to, Home), null, refused is null ? null : "The login elsewhere did not work. Try again, or ask your admin for an account.", false)
        : TypedResults.LocalRedirect(SessionCookie.LocalOr(to, Account));

    private static async Task<IResult> LogIn(
        [FromForm] string? name, [FromForm] string? password, [FromForm] string? newPassword, [FromForm] string? to,
        HttpContext http, Identity.Users users, AuditLog audit, ServerOptions options, CancellationToken cancellation)
    {
        var target = SessionCookie.LocalOr(to, Home);
        var changed = string.IsNullOrEmpty(newPassword) ? null : newPassword;
        if (changed is not null && Identity.Users.WhyBadPassword(changed) is { } reason)
            return LogInPage(options, target, name, reason, mustChange: true);

        switch (await users.LoginAsync(name ?? "", password ?? "", changed, cancellation))
        {
            case LoginOutcome.Welcome(var user):
                await SessionCookie.StartAsync(http, user);
                if (changed is not null)
                    await audit.WriteAsync(user.ToCaller(), "user.password", user.Id.ToString(), cancellation);
                return TypedResults.LocalRedirect(target);
            case LoginOutcome.MustChangePassword:
                return LogInPage(options, target, name, "This was a one-time password. Enter it again, and choose your own.", mustChange: true);
            case LoginOutcome.LockedOut(var wait):
                http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return LogInPage(options, target, name, "Too many wrong passwords for this account. Wait a few minutes, then try again.", false, StatusCodes.Status429TooManyRequests);
            default:
                return LogInPage(options, target, name, "The name or the password is wrong.", mustChange: false);
        }
    }

    private static IResult ChallengeProvider(string? to, ServerOptions options) => options.LoginProvider.Enabled
        ? TypedResults.Challenge(new AuthenticationProperties { RedirectUri = SessionCookie.LocalOr(to, Home) }, [LoginProvider.Scheme])
        : Pages.NotFound("No provider is configured for logging in.");

    /// <summary>Form endpoints need something from the form to ask for its token.</summary>
    private static async Task<IResult> LogOut([FromForm] string? leave, HttpContext http)
    {
        _ = leave;
        await SessionCookie.EndAsync(http);
        return TypedResults.LocalRedirect(Home);
    }

    private static async Task<IResult> ShowAccount(Caller caller, Identity.Users users, TenantDirectory tenants, CancellationToken cancellation) =>
        caller.IsAnonymous ? TypedResults.LocalRedirect("/login?to=/account") : await AccountPage(caller, users, tenants, null, false, cancellation);

    private static async Task<IResult> ChangePassword(
        [FromForm] string? password, [FromForm] string? newPassword, HttpContext http, Caller caller, Identity.Users users, TenantDirectory tenants, AuditLog audit,
        CancellationToken cancellation)
    {
        if (Identity.Users.WhyBadPassword(newPassword ?? "") is { } reason)
            return await AccountPage(caller, users, tenants, reason, false, cancellation);
        if (await users.FindAsync(caller.User, cancellation) is not { } self)
            return await AccountPage(caller, users, tenants, "This is no account with a password.", false, cancellation);

        switch (await users.LoginAsync(self.Name, password ?? "", newPassword, cancellation))
        {
            case LoginOutcome.Welcome(var user):
                await SessionCookie.StartAsync(http, user);
                await audit.WriteAsync(caller, "user.password", user.Id.ToString(), cancellation);
                return await AccountPage(caller, users, tenants, "The password was changed.", true, cancellation);
            case LoginOutcome.LockedOut:
                return await AccountPage(caller, users, tenants, "Too many wrong passwords for this account. Wait a few minutes, then try again.", false, cancellation);
            default:
                return await AccountPage(caller, users, tenants, "The present password is wrong.", false, cancellation);
        }
    }

    private static RazorComponentResult<LogInPage> LogInPage(
        ServerOptions options, string to, string? name, string? problem, bool mustChange, int? status = null) =>
        new(new { To = to, Name = name, Problem = problem, MustChange = mustChange, Provider = options.LoginProvider.Enabled ? options.LoginProvider.Name : null })
        {
            StatusCode = status ?? (problem is null ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized),
            PreventStreamingRendering = true,
        };

    private static async Task<IResult> AccountPage(
        Caller caller, Identity.Users users, TenantDirectory tenants, string? notice, bool done, CancellationToken cancellation) => Pages.Of<AccountPage>(new
        {
            caller.Name,
            Roles = caller.Roles.AsEnumerable(),
            SeesUsage = caller.IsAdmin || caller.Roles.Contains(Roles.Service),
            TenantName = (await tenants.FindAsync(caller.Tenant, cancellation))?.Name,
            HasPassword = await users.HasPasswordAsync(caller.User, cancellation),
            Notice = notice,
            Done = done,
        });
}
