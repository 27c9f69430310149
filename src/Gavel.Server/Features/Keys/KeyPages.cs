using Gavel.Server.Identity;
using Gavel.Server.Ui;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gavel.Server.Features.Keys;

/// <summary>The page of one's API keys, over the handlers of the API.</summary>
internal static class KeyPages
{
    private const string Path = "/account/keys";

    public static void MapKeyPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Show).RequireAuthorization(Policies.Account);
        pages.MapPost(Path, Create).RequireAuthorization(Policies.Account);
        pages.MapPost($"{Path}/{{id:guid}}/revoke", Revoke).RequireAuthorization(Policies.Account);
    }

    private static Task<IResult> Show(Caller caller, ApiKeys keys, CancellationToken cancellation) => Page(caller, keys, null, null, cancellation);

    private static async Task<IResult> Create(
        IFormCollection form, Caller caller, ApiKeys keys, AuditLog audit, TimeProvider time, CancellationToken cancellation)
    {
        string? name = form["name"], days = form["days"];
        var scopes = form["scopes"].OfType<string>().ToList();
        DateTimeOffset? expires = null;
        if (!string.IsNullOrEmpty(days))
        {
            if (!int.TryParse(days, System.Globalization.CultureInfo.InvariantCulture, out var count) || count is < 1 or > 3650)
                return await Page(caller, keys, null, "A key expires after 1 to 3650 days, or never.", cancellation);
            expires = time.GetUtcNow().AddDays(count);
        }

        var request = new CreateKey.Request(name ?? "", null, scopes.Count > 0 ? scopes : null, expires);
        var answer = await CreateKey.Handle(request, caller, keys, audit, time, cancellation);
        return answer.Result is Created<CreateKey.Response> { Value: { } made }
            ? await Page(caller, keys, made.Secret, null, cancellation)
            : await Page(caller, keys, null, (answer.Result as ProblemHttpResult)?.ProblemDetails.Detail ?? "The key was not made.", cancellation);
    }

    private static async Task<IResult> Revoke([FromForm] string? confirm, Guid id, Caller caller, ApiKeys keys, AuditLog audit, CancellationToken cancellation)
    {
        _ = confirm; // the form's field that makes the framework check its antiforgery token
        if (await keys.RevokeAsync(caller, id, cancellation))
            await audit.WriteAsync(caller, "key.revoke", id.ToString(), cancellation);
        return TypedResults.LocalRedirect(Path);
    }

    private static async Task<IResult> Page(Caller caller, ApiKeys keys, string? secret, string? problem, CancellationToken cancellation) =>
        Pages.Of<KeysPage>(new
        {
            Keys = (await keys.ListAsync(caller, cancellation)).Select(k => (k.Id, k.Name, k.Prefix, k.Scopes, k.ExpiresAt, k.RevokedAt, k.LastUsedAt)).ToList(),
            Secret = secret,
            Problem = problem,
        });
}
