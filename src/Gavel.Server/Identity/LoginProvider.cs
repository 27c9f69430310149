using System.Net.Http.Headers;
using System.Text.Json;
using Gavel.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OAuth;

namespace Gavel.Server.Identity;

/// <summary>Login with the configured OAuth 2.0 provider. What the provider says is used once, to find or make the account; no token of it is kept.</summary>
internal static class LoginProvider
{
    public const string Scheme = "provider", CallbackPath = "/login/callback", RefusedPath = "/login?refused=provider";

    private const int LongestSubject = 300;

    public static void AddLoginProvider(this AuthenticationBuilder authentication, LoginProviderOptions options)
    {
        if (!options.Enabled)
            return;

        authentication.AddOAuth(Scheme, o =>
        {
            o.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            o.ClientId = options.ClientId!;
            o.ClientSecret = options.ClientSecret;
            o.AuthorizationEndpoint = options.AuthorizationEndpoint;
            o.TokenEndpoint = options.TokenEndpoint;
            o.UserInformationEndpoint = options.UserInformationEndpoint;
            o.CallbackPath = CallbackPath;
            o.UsePkce = true;
            o.SaveTokens = false;
            o.CorrelationCookie.Name = "gavel.login.";
            o.CorrelationCookie.SameSite = SameSiteMode.Lax;
            o.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            foreach (var scope in options.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                o.Scope.Add(scope);
            o.Events = new OAuthEvents
            {
                OnCreatingTicket = context => FindAccountAsync(context, options),
                OnRemoteFailure = context =>
                {
                    context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Gavel.Server.Identity.LoginProvider")
                        .LogRefused(context.Failure?.Message ?? "no reason given");
                    context.Response.Redirect(RefusedPath);
                    context.HandleResponse();
                    return Task.CompletedTask;
                },
            };
        });
    }

    private static async Task FindAccountAsync(OAuthCreatingTicketContext context, LoginProviderOptions options)
    {
        var cancellation = context.HttpContext.RequestAborted;
        using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await context.Backchannel.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
        using var person = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));

        if (Text(person.RootElement, options.SubjectField) is not { Length: > 0 and <= LongestSubject } subject)
            throw new AuthenticationFailureException($"The provider's answer has no '{options.SubjectField}'.");

        var users = context.HttpContext.RequestServices.GetRequiredService<Users>();
        var external = $"{options.AuthorizationEndpoint} {subject}";
        var user = await users.FindExternalAsync(external, cancellation)
            ?? (options.NewAccounts
                ? await users.CreateExternalAsync(new TenantId(options.Tenant), Text(person.RootElement, options.NameField) ?? "user", external, [options.Role], cancellation)
                : null);
        if (user is null or { Disabled: true })
            throw new AuthenticationFailureException(user is null ? "New accounts are not made." : "The account is disabled.");

        context.Principal = SessionCookie.PrincipalOf(user);
        context.Properties.IsPersistent = true;
    }

    private static string? Text(JsonElement person, string field) =>
        person.ValueKind == JsonValueKind.Object && person.TryGetProperty(field, out var value)
            ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null }
            : null;
}

internal static partial class LoginProviderLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A login with the provider failed: {Reason}")]
    public static partial void LogRefused(this ILogger logger, string reason);
}
