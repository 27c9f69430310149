using System.Security.Claims;

namespace Gavel.Server.Identity;

/// <summary>Whether a caller is still let in: a connection that stays open must not outlive its key, its account or its tenant.</summary>
internal sealed class Standing(ApiKeys keys, Users users, ServerOptions options)
{
    /// <summary>What a client that may not stay is told.</summary>
    public const string LostReason = "The key or account does not hold any more.";

    /// <summary>How long it has to take the reason.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    /// <summary>How long a connection outlives its key or account at most, once the database answers.</summary>
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(5);

    /// <summary>Waits until what the request came with does not hold any more. The request must not have ended before the waiting has.</summary>
    public async Task UntilLostAsync(HttpContext http, CancellationToken cancellation)
    {
        while (await HoldsAsync())
            await Task.Delay(Recheck, cancellation);

        async Task<bool> HoldsAsync()
        {
            try
            {
                return await this.HoldsAsync(http, cancellation);
            }
            catch (Npgsql.NpgsqlException)
            {
                return true; // not known now; the next look tells
            }
        }
    }

    /// <summary>False when what the request came with does not hold any more.</summary>
    public async Task<bool> HoldsAsync(HttpContext http, CancellationToken cancellation) => BearerHandler.TokenOf(http.Request) is { } token
        ? options.AdminToken is { } admin && BearerHandler.SameSecret(token, admin) || await keys.FindAsync(token, cancellation) is not null
        : await HoldsAsync(http.User, cancellation);

    /// <summary>False when the password, the roles or the state of a session's account changed. A visitor's session has no account.</summary>
    public async Task<bool> HoldsAsync(ClaimsPrincipal principal, CancellationToken cancellation) =>
        principal.FindFirst(IdentityFeature.StampClaim)?.Value is not { } stamp
        || await users.FindAsync(Caller.From(principal).User, cancellation) is { Disabled: false } user && user.SecurityStamp.ToString() == stamp;
}
