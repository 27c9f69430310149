using System.Globalization;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Sessions;

/// <summary>Logging in and out with a password, and who one is.</summary>
internal static class SessionsFeature
{
    /// <summary>A login.</summary>
    /// <param name="Name">The account's name.</param>
    /// <param name="Password">Its password.</param>
    /// <param name="NewPassword">Changes the password; needed at the first login with a one-time password.</param>
    internal sealed record Login(string Name, string Password, string? NewPassword = null);

    /// <summary>Who the caller is.</summary>
    internal sealed record Me(Guid Id, string Name, int Tenant, IEnumerable<string> Roles, IEnumerable<string>? Scopes)
    {
        public static Me From(Caller caller) => new(caller.User.Value, caller.Name, caller.Tenant.Value, caller.Roles.Order(StringComparer.Ordinal), caller.Scopes?.Order(StringComparer.Ordinal));
    }

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Sessions").AllowAnonymous();
        group.MapPost("/session", LogIn).WithName("LogIn").WithSummary("Logs in with a password; the answer sets a session cookie.").DisableAntiforgery().RequireRateLimiting(Limits.LimitsFeature.Logins);
        group.MapDelete("/session", (Delegate)LogOut).WithName("LogOut").WithSummary("Ends the session.");
        group.MapGet("/me", (Caller caller) => TypedResults.Ok(Me.From(caller))).WithName("GetMe").WithSummary("Says who the caller is.");
    }

    private static async Task<Results<Ok<Me>, ProblemHttpResult>> LogIn(
        Login request, HttpContext http, Identity.Users users, AuditLog audit, CancellationToken cancellation)
    {
        if (request.NewPassword is { } changed && Identity.Users.WhyBadPassword(changed) is { } reason)
            return ApiProblem.Invalid("newPassword", reason);

        switch (await users.LoginAsync(request.Name, request.Password, request.NewPassword, cancellation))
        {
            case LoginOutcome.Welcome(var user):
                var caller = user.ToCaller();
                await SessionCookie.StartAsync(http, user);
                if (request.NewPassword is not null)
                    await audit.WriteAsync(caller, "user.password", user.Id.ToString(), cancellation);
                return TypedResults.Ok(Me.From(caller));
            case LoginOutcome.LockedOut(var retryAfter):
                http.Response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return ApiProblem.Of("rate-limited", "Too many wrong passwords for this account. Wait, then try again.");
            case LoginOutcome.MustChangePassword:
                return ApiProblem.Of("password-change-required", "This was a one-time password: log in with it and a 'newPassword'.");
            default:
                return ApiProblem.Of("authentication-required", "The name or the password is wrong.");
        }
    }

    private static async Task<NoContent> LogOut(HttpContext http)
    {
        await SessionCookie.EndAsync(http);
        return TypedResults.NoContent();
    }
}
