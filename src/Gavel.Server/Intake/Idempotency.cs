using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Intake;

/// <summary>
/// The header <c>Idempotency-Key</c>: a repeated request finds what the first one made, for a day. The key belongs to the caller; without an
/// identity there is none.
/// </summary>
internal sealed class Idempotency(PostgresLedger ledger, TimeProvider time)
{
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 200;

    // A first request that has not finished by then died with its server; another may take its place.
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(1), Kept = TimeSpan.FromDays(1);

    /// <summary>What came of claiming a key.</summary>
    internal abstract record Claim
    {
        private Claim()
        {
        }

        /// <summary>No key was given: just do it.</summary>
        public sealed record None : Claim;

        /// <summary>It is this request's turn; <see cref="CompleteAsync"/> tells what it made.</summary>
        public sealed record First(string Key) : Claim;

        /// <summary>An earlier request made this.</summary>
        public sealed record Repeated(Guid Result) : Claim;

        public sealed record Refused(ProblemHttpResult Problem) : Claim;
    }

    public async Task<Claim> ClaimAsync<T>(HttpRequest http, Caller caller, T request, CancellationToken cancellation)
    {
        var key = http.Headers[Header].ToString();
        if (key.Length == 0)
            return new Claim.None();
        if (key.Length > LongestKey)
            return new Claim.Refused(ApiProblem.Invalid(Header, $"The key has at most {LongestKey} characters."));
        if (caller.User == Caller.Anonymous.User)
            return new Claim.Refused(ApiProblem.Of("authentication-required", "An idempotency key needs an API key or a session: it belongs to somebody."));

        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, ApiJson.Options));
        var now = time.GetUtcNow().UtcDateTime;
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        var parameters = new { tenant = caller.Tenant.Value, user = caller.User.Value, key, hash, now, stale = now - Abandoned, old = now - Kept };
        var claimed = await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into idempotency_keys (tenant_id, user_id, key, request_hash, created_at) values (@tenant, @user, @key, @hash, @now)
            on conflict (tenant_id, user_id, key) do update set request_hash = excluded.request_hash, created_at = excluded.created_at, result_id = null
                where idempotency_keys.created_at < @old or (idempotency_keys.result_id is null and idempotency_keys.created_at < @stale)
            """,
            parameters, cancellationToken: cancellation));
        if (claimed == 1)
            return new Claim.First(key);

        var (earlier, result) = await connection.QuerySingleAsync<(byte[] Hash, Guid? Result)>(new CommandDefinition(
            "select request_hash, result_id from idempotency_keys where tenant_id = @tenant and user_id = @user and key = @key", parameters, cancellationToken: cancellation));
        if (!earlier.AsSpan().SequenceEqual(hash))
            return new Claim.Refused(ApiProblem.Of("conflict", "This idempotency key was used with another request. Use a new key for a new request."));

        return result is { } id
            ? new Claim.Repeated(id)
            : new Claim.Refused(ApiProblem.Of("conflict", "The first request with this idempotency key is still under way. Ask again in a moment."));
    }

    /// <summary>Says what the first request made; null gives the key free, for a request that was refused.</summary>
    public async Task CompleteAsync(Claim claim, Caller caller, Guid? result, CancellationToken cancellation)
    {
        if (claim is not Claim.First(var key))
            return;

        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            result is null
                ? "delete from idempotency_keys where tenant_id = @tenant and user_id = @user and key = @key"
                : "update idempotency_keys set result_id = @result where tenant_id = @tenant and user_id = @user and key = @key",
            new { tenant = caller.Tenant.Value, user = caller.User.Value, key, result }, cancellationToken: cancellation));
    }
}
