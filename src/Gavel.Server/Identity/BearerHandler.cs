using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Gavel.Core;
using Gavel.Server.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gavel.Server.Identity;

/// <summary>Reads a key from <c>Authorization: Bearer …</c>, <c>X-Api-Key</c> or <c>X-Auth-Token</c>: an API key, or the operator's admin token.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> schemes, ILoggerFactory logs, UrlEncoder encoder, ServerOptions options, ApiKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemes, logs, encoder)
{
    public const string SchemeName = "Bearer";

    /// <summary>The one behind the admin token.</summary>
    internal static readonly UserId OperatorId = new(Guid.Parse("00000000-0000-7000-8000-000000000001"));

    /// <summary>The key that a request brings along, or null.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        if (request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return header["Bearer ".Length..].Trim();

        if (request.Headers["X-Api-Key"].ToString() is { Length: > 0 } key)
            return key;

        // Judge0's header: only what is a key of ours, for the dialect may have tokens of its own.
        return request.Headers["X-Auth-Token"].ToString() is { } token && token.StartsWith(ApiKeys.Prefix, StringComparison.Ordinal) ? token : null;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { } token)
            return AuthenticateResult.NoResult();

        var caller = options.AdminToken is { } admin && SameSecret(token, admin)
            ? new Caller(TenantId.Default, OperatorId, "operator", new HashSet<string> { Roles.Admin })
            : await keys.FindAsync(token, Context.RequestAborted);
        return caller is null
            ? AuthenticateResult.Fail("The key is not known, was revoked or has expired.")
            : AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(Scheme.Name), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (TokenOf(Request) is null && HttpMethods.IsGet(Request.Method) && !Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            && Request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/html"))
        {
            // A person in a browser: the page to log in on, and back from there.
            Response.Redirect($"/login?to={Uri.EscapeDataString(Request.Path + Request.QueryString)}");
            return Task.CompletedTask;
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return ApiProblem.Of("authentication-required", TokenOf(Request) is null
            ? "Send a key with the header 'Authorization: Bearer KEY'."
            : "The key is not known, was revoked or has expired.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiProblem.Of("forbidden", "The role or the scopes of this key or account do not include this.").ExecuteAsync(Context);

    /// <summary>Compares secrets in a time that tells nothing about them.</summary>
    internal static bool SameSecret(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
