using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Gavel.Core;
using Gavel.Server.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gavel.Server.Identity;

/// <summary>Reads <c>Authorization: Bearer …</c> (or <c>X-Api-Key: …</c>): the operator's admin token.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> schemes, ILoggerFactory logs, UrlEncoder encoder, ServerOptions options)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemes, logs, encoder)
{
    public const string SchemeName = "Bearer";

    /// <summary>The token that a request brings along, or null.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        if (request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return header["Bearer ".Length..].Trim();

        return request.Headers["X-Api-Key"].ToString() is { Length: > 0 } key ? key : null;
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { } token)
            return Task.FromResult(AuthenticateResult.NoResult());

        if (options.AdminToken is not { } admin || !SameSecret(token, admin))
            return Task.FromResult(AuthenticateResult.Fail("The key is not known, was revoked or has expired."));

        var caller = new Caller(TenantId.Default, OperatorId, "operator", new HashSet<string> { Roles.Admin });
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(Scheme.Name), Scheme.Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return ApiProblem.Of("authentication-required", TokenOf(Request) is null
            ? "Send a key with the header 'Authorization: Bearer KEY'."
            : "The key is not known, was revoked or has expired.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiProblem.Of("forbidden", "The key's or account's role does not include this.").ExecuteAsync(Context);

    internal static readonly UserId OperatorId = new(Guid.Parse("00000000-0000-7000-8000-000000000001"));

    /// <summary>Compares secrets in a time that tells nothing about them.</summary>
    internal static bool SameSecret(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
