using Gavel.Core;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace Gavel.Server.Features.Operator;

/// <summary>Trades the operator's token for a session cookie, and ends the session.</summary>
internal sealed partial class SignInOperator
{
    private static readonly TimeSpan Session = TimeSpan.FromHours(12);

    public static async Task<IResult> Handle(
        [FromForm] string? token, ServerOptions options, TimeProvider time, ILogger<SignInOperator> logger, HttpContext http)
    {
        if (options.AdminToken is not { } expected || !BearerHandler.SameSecret(token?.Trim() ?? "", expected))
        {
            LogRefused(logger, http.Connection.RemoteIpAddress);
            return ShowOperator.SignIn(refused: true);
        }

        var caller = new Caller(TenantId.Default, BearerHandler.OperatorId, "operator", new HashSet<string> { Roles.Admin });
        await http.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            caller.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme),
            new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + Session, AllowRefresh = false });
        return TypedResults.LocalRedirect("/operator");
    }

    /// <summary>Form endpoints need something from the form to ask for its token.</summary>
    public static async Task<IResult> HandleEnd([FromForm] string? leave, HttpContext http)
    {
        _ = leave;
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.LocalRedirect("/problems");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a wrong operator token from {Address}.")]
    private static partial void LogRefused(ILogger logger, System.Net.IPAddress? address);
}
