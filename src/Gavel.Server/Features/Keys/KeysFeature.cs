using Gavel.Server.Http;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Keys;

/// <summary>API keys of the caller: made, listed, revoked.</summary>
internal static class KeysFeature
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/keys").WithTags("Keys").RequireAuthorization(Policies.Account);
        group.MapPost("", CreateKey.Handle).WithName("CreateKey").WithSummary("Makes an API key. Its secret is in this answer and nowhere else.");
        group.MapGet("", List).WithName("ListKeys").WithSummary("Lists the caller's keys, without their secrets.");
        group.MapDelete("/{id:guid}", Revoke).WithName("RevokeKey").WithSummary("Revokes a key; it stops working within two seconds.");
    }

    /// <summary>The caller's keys.</summary>
    internal sealed record KeyList(IReadOnlyList<ApiKeyRecord> Items);

    private static async Task<Ok<KeyList>> List(Caller caller, ApiKeys keys, CancellationToken cancellation) =>
        TypedResults.Ok(new KeyList(await keys.ListAsync(caller, cancellation)));

    private static async Task<Results<NoContent, ProblemHttpResult>> Revoke(Guid id, Caller caller, ApiKeys keys, AuditLog audit, CancellationToken cancellation)
    {
        if (!await keys.RevokeAsync(caller, id, cancellation))
            return ApiProblem.Of("not-found", $"There is no key '{id}' that you may revoke.");

        await audit.WriteAsync(caller, "key.revoke", id.ToString(), cancellation);
        return TypedResults.NoContent();
    }
}
