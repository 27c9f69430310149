using Gavel.Server.Http;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Keys;

/// <summary>Makes an API key with at most the powers of its maker.</summary>
internal static class CreateKey
{
    /// <summary>The key to make.</summary>
    /// <param name="Name">What it is for, for people.</param>
    /// <param name="Roles">The caller's own when left out; never more than those, except that an admin may give any.</param>
    /// <param name="Scopes">read, submit, run, problems, admin; everything that the roles allow when left out.</param>
    /// <param name="ExpiresAt">When it stops working; never when left out.</param>
    internal sealed record Request(string Name, IReadOnlyList<string>? Roles = null, IReadOnlyList<string>? Scopes = null, DateTimeOffset? ExpiresAt = null);

    /// <summary>The key and its secret.</summary>
    internal sealed record Response(ApiKeyRecord Key, string Secret);

    public static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request, Caller caller, ApiKeys keys, AuditLog audit, TimeProvider time, CancellationToken cancellation)
    {
        if (request.Name.Trim().Length is 0 or > 100)
            return ApiProblem.Invalid("name", "A name has between 1 and 100 characters.");

        var roles = request.Roles?.Distinct().ToList() ?? [.. caller.Roles];
        if (roles.Count == 0 || roles.Any(r => !Roles.All.Contains(r)))
            return ApiProblem.Invalid("roles", $"Roles are {string.Join(", ", Roles.All)}.");
        if (request.Scopes is { } scopes && (scopes.Count == 0 || scopes.Any(s => !Scopes.All.Contains(s))))
            return ApiProblem.Invalid("scopes", $"Scopes are {string.Join(", ", Scopes.All)}.");
        if (request.ExpiresAt <= time.GetUtcNow())
            return ApiProblem.Invalid("expiresAt", "The key would have expired already.");
        if (!caller.IsAdmin && roles.Any(r => !caller.Roles.Contains(r)))
            return ApiProblem.Of("forbidden", "A key cannot have roles that its maker has not.");
        if (caller.Scopes is not null && (request.Scopes ?? Scopes.All).Any(s => !caller.May(s)))
            return ApiProblem.Of("forbidden", "A key cannot have scopes that the key it is made with has not.");

        var (key, secret) = await keys.CreateAsync(caller, request.Name.Trim(), roles, request.Scopes, request.ExpiresAt, cancellation);
        await audit.WriteAsync(caller, "key.create", $"{key.Id} {key.Name}", cancellation);
        return TypedResults.Created($"/api/v1/keys/{key.Id}", new Response(key, secret));
    }
}
