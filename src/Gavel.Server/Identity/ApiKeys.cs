using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Gavel.Core;
using Gavel.Ledger;

namespace Gavel.Server.Identity;

/// <summary>An API key as its owner sees it; the secret is shown once, when it is made.</summary>
internal sealed record ApiKeyRecord(
    Guid Id, string Name, string Prefix, IReadOnlyList<string> Roles, IReadOnlyList<string>? Scopes,
    DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt);

/// <summary>API keys: made, found by their hash, revoked. What was found is remembered for two seconds, so a revocation holds everywhere after that.</summary>
internal sealed class ApiKeys(PostgresLedger ledger, TimeProvider time)
{
    public const string Prefix = "gvl_";

    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2), UseResolution = TimeSpan.FromMinutes(1);
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, (Caller? Caller, DateTimeOffset Until)> _recent = new(StringComparer.Ordinal);

    /// <summary>Makes a key for the caller, with at most the caller's roles and scopes.</summary>
    public async Task<(ApiKeyRecord Key, string Secret)> CreateAsync(
        Caller owner, string name, IReadOnlyList<string> roles, IReadOnlyList<string>? scopes, DateTimeOffset? expires, CancellationToken cancellation)
    {
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        var key = new ApiKeyRecord(Guid.CreateVersion7(now), name, secret[..12], roles, scopes, now, expires, null, null);
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into api_keys (id, tenant_id, user_id, name, prefix, hash, roles, scopes, created_at, expires_at)
            values (@id, @tenant, @user, @name, @prefix, @hash, @roles, @scopes, @now, @expires)
            """,
            new
            {
                id = key.Id,
                tenant = owner.Tenant.Value,
                user = owner.User.Value,
                name,
                prefix = key.Prefix,
                hash = Hash(secret),
                roles = roles.ToArray(),
                scopes = scopes?.ToArray(),
                now = now.UtcDateTime,
                expires = expires?.UtcDateTime,
            },
            cancellationToken: cancellation));
        return (key, secret);
    }

    /// <summary>The caller behind a key; null when it is unknown, revoked, expired, or its user is disabled.</summary>
    public async Task<Caller?> FindAsync(string secret, CancellationToken cancellation)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal) || secret.Length > 100)
            return null;

        var now = time.GetUtcNow();
        if (_recent.TryGetValue(secret, out var recent) && recent.Until > now)
            return recent.Caller;

        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<KeyRow>(new CommandDefinition(
            """
            select k.id, k.tenant_id, k.user_id, k.name, k.roles, k.scopes, k.expires_at, k.last_used_at
              from api_keys k join tenants t on t.id = k.tenant_id left join users u on u.id = k.user_id
             where k.hash = @hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > @now) and u.disabled is not true and not t.disabled
            """,
            new { hash = Hash(secret), now = now.UtcDateTime }, cancellationToken: cancellation));
        var caller = row?.ToCaller();
        if (row is not null && !(now - row.last_used_at < UseResolution))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "update api_keys set last_used_at = @now where id = @id", new { row.id, now = now.UtcDateTime }, cancellationToken: cancellation));
        }

        if (_recent.Count > MostRemembered)
            _recent.Clear();
        var until = now + Remembered;
        _recent[secret] = (caller, row?.expires_at is { } expiry && expiry < until.UtcDateTime ? new DateTimeOffset(expiry, TimeSpan.Zero) : until);
        return caller;
    }

    public async Task<IReadOnlyList<ApiKeyRecord>> ListAsync(Caller owner, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<ListRow>(new CommandDefinition(
            """
            select id, name, prefix, roles, scopes, created_at, expires_at, revoked_at, last_used_at
              from api_keys where user_id = @user and tenant_id = @tenant order by id limit 1000
            """,
            new { user = owner.User.Value, tenant = owner.Tenant.Value }, cancellationToken: cancellation));
        return [.. rows.Select(r => r.ToRecord())];
    }

    /// <summary>Revokes a key of the caller, or for an admin anybody's in the tenant. False when there is none.</summary>
    public async Task<bool> RevokeAsync(Caller caller, Guid id, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        var revoked = await connection.ExecuteAsync(new CommandDefinition(
            "update api_keys set revoked_at = @now where id = @id and tenant_id = @tenant and (@any or user_id = @user) and revoked_at is null",
            new { id, tenant = caller.Tenant.Value, user = caller.User.Value, any = caller.IsAdmin, now = time.GetUtcNow().UtcDateTime }, cancellationToken: cancellation));
        _recent.Clear();
        return revoked > 0;
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

#pragma warning disable IDE1006, CA1707 // the names of the columns
    private sealed record KeyRow(Guid id, int tenant_id, Guid user_id, string name, Array roles, Array? scopes, DateTime? expires_at, DateTime? last_used_at)
    {
        public Caller ToCaller() => new(
            new TenantId(tenant_id), new UserId(user_id), name, roles.Cast<string>().ToHashSet(), scopes?.Cast<string>().ToHashSet());
    }

    private sealed record ListRow(
        Guid id, string name, string prefix, Array roles, Array? scopes, DateTime created_at, DateTime? expires_at, DateTime? revoked_at, DateTime? last_used_at)
    {
        public ApiKeyRecord ToRecord() => new(
            id, name, prefix, [.. roles.Cast<string>()], scopes is null ? null : [.. scopes.Cast<string>()], created_at, expires_at, revoked_at, last_used_at);
    }
#pragma warning restore IDE1006, CA1707
}
