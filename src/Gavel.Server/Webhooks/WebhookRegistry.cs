using System.Text.Json;
using Dapper;
using Gavel.Core;
using Gavel.Ledger;
using Microsoft.AspNetCore.DataProtection;

namespace Gavel.Server.Webhooks;

/// <summary>A webhook, or (without an address) what signs a tenant's callbacks.</summary>
internal sealed record Webhook(
    Guid Id, TenantId Tenant, string Name, string? Url, IReadOnlyList<string> Events, IReadOnlyDictionary<string, string> Headers, bool Enabled,
    DateTimeOffset CreatedAt, byte[] Secret, byte[]? PreviousSecret, DateTimeOffset? PreviousUntil)
{
    /// <summary>The secrets that sign now: during a change the old one too.</summary>
    public IEnumerable<byte[]> SecretsAt(DateTimeOffset now) => PreviousSecret is { } previous && PreviousUntil > now ? [Secret, previous] : [Secret];
}

/// <summary>The webhooks of tenants.</summary>
/// <remarks>Secrets lie in the ledger encrypted with the server's data protection keys; those of before that are read as they are.</remarks>
internal sealed class WebhookRegistry(PostgresLedger ledger, IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Gavel.Webhooks.Secret");

    /// <summary>The most webhooks of a tenant.</summary>
    public const int Most = 20;

    private const string CallbacksName = "callbacks";

    private const string Columns = "select id, tenant_id, name, url, events, headers::text as headers, enabled, created_at, secret, previous_secret, previous_until from webhooks";

    /// <summary>Makes a webhook; null when the tenant has as many as it can.</summary>
    public async Task<Webhook?> CreateAsync(
        TenantId tenant, string name, string url, IReadOnlyList<string> events, IReadOnlyDictionary<string, string> headers, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var made = new Webhook(Guid.CreateVersion7(now), tenant, name, url, events, headers, true, now, WebhookSignature.NewSecret(), null, null);
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        var rows = await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into webhooks (id, tenant_id, name, url, events, headers, secret, created_at)
            select @id, @tenant, @name, @url, @events, @headers::json, @secret, @now
             where (select count(*) from webhooks where tenant_id = @tenant and url is not null) < @Most
            """,
            new { id = made.Id, tenant = tenant.Value, name, url, events = events.ToArray(), headers = JsonSerializer.Serialize(headers), secret = _protector.Protect(made.Secret), now = now.UtcDateTime, Most },
            cancellationToken: cancellation));
        return rows == 0 ? null : made;
    }

    public async Task<IReadOnlyList<Webhook>> ListAsync(TenantId tenant, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"{Columns} where tenant_id = @tenant and url is not null order by id", new { tenant = tenant.Value }, cancellationToken: cancellation));
        return [.. rows.Select(r => r.Read(_protector))];
    }

    /// <summary>A webhook; null when the tenant has none with this id.</summary>
    public Task<Webhook?> FindAsync(TenantId tenant, Guid id, CancellationToken cancellation) => OneAsync("tenant_id = @tenant and id = @id and url is not null", tenant, id, cancellation);

    /// <summary>What signs the callbacks of a tenant; null when it has never asked for a secret.</summary>
    public Task<Webhook?> FindCallbacksAsync(TenantId tenant, CancellationToken cancellation) => OneAsync("tenant_id = @tenant and url is null", tenant, Guid.Empty, cancellation);

    /// <summary>Changes what is given; null when the tenant has no such webhook.</summary>
    public async Task<Webhook?> ChangeAsync(
        TenantId tenant, Guid id, string? name, string? url, IReadOnlyList<string>? events, IReadOnlyDictionary<string, string>? headers, bool? enabled, CancellationToken cancellation)
    {
        await using (var connection = await ledger.Database.OpenConnectionAsync(cancellation))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                """
                update webhooks
                   set name = coalesce(@name, name), url = coalesce(@url, url), events = coalesce(@events, events), headers = coalesce(@headers::json, headers),
                       enabled = coalesce(@enabled, enabled)
                 where id = @id and tenant_id = @tenant and url is not null
                """,
                new { id, tenant = tenant.Value, name, url, events = events?.ToArray(), headers = headers is null ? null : JsonSerializer.Serialize(headers), enabled },
                cancellationToken: cancellation));
        }

        return await FindAsync(tenant, id, cancellation);
    }

    /// <summary>Removes a webhook with what was still to be sent to it. False when the tenant has no such webhook.</summary>
    public async Task<bool> RemoveAsync(TenantId tenant, Guid id, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            with gone as (
                delete from webhooks where id = @id and tenant_id = @tenant and url is not null returning id
            ), dropped as (
                update webhook_deliveries d set state = 3, finished_at = @now, last_error = 'The webhook was removed.'
                  from gone where d.endpoint = gone.id and d.state = 0
            )
            select exists (select from gone)
            """,
            new { id, tenant = tenant.Value, now = time.GetUtcNow().UtcDateTime }, cancellationToken: cancellation));
    }

    /// <summary>Makes a new secret. The old one signs too for as long as is said, so that receivers lose nothing while they change over.</summary>
    public async Task<Webhook?> RotateAsync(Webhook webhook, TimeSpan overlap, CancellationToken cancellation)
    {
        await using (var connection = await ledger.Database.OpenConnectionAsync(cancellation))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "update webhooks set previous_secret = secret, previous_until = @until, secret = @secret where id = @id and tenant_id = @tenant",
                new { id = webhook.Id, tenant = webhook.Tenant.Value, until = (time.GetUtcNow() + overlap).UtcDateTime, secret = _protector.Protect(WebhookSignature.NewSecret()) }, cancellationToken: cancellation));
        }

        return await OneAsync("tenant_id = @tenant and id = @id", webhook.Tenant, webhook.Id, cancellation);
    }

    /// <summary>What signs the callbacks of a tenant, made when there is nothing yet.</summary>
    public async Task<(Webhook Callbacks, bool Made)> EnsureCallbacksAsync(TenantId tenant, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        int made;
        await using (var connection = await ledger.Database.OpenConnectionAsync(cancellation))
        {
            made = await connection.ExecuteAsync(new CommandDefinition(
                "insert into webhooks (id, tenant_id, name, events, headers, secret, created_at) values (@id, @tenant, @CallbacksName, '{}', '{}', @secret, @now) on conflict do nothing",
                new { id = Guid.CreateVersion7(now), tenant = tenant.Value, CallbacksName, secret = _protector.Protect(WebhookSignature.NewSecret()), now = now.UtcDateTime }, cancellationToken: cancellation));
        }

        return ((await FindCallbacksAsync(tenant, cancellation))!, made == 1);
    }

    private async Task<Webhook?> OneAsync(string which, TenantId tenant, Guid id, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        return (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition($"{Columns} where {which}", new { id, tenant = tenant.Value }, cancellationToken: cancellation)))?.Read(_protector);
    }

#pragma warning disable IDE1006, CA1707 // the names of the columns
    private sealed record Row(
        Guid id, int tenant_id, string name, string? url, Array events, string headers, bool enabled, DateTime created_at, byte[] secret, byte[]? previous_secret, DateTime? previous_until)
    {
        public Webhook Read(IDataProtector protector) => new(
            id, new TenantId(tenant_id), name, url, [.. events.Cast<string>()], JsonSerializer.Deserialize<Dictionary<string, string>>(headers)!, enabled, created_at,
            Plain(protector, secret), previous_secret is null ? null : Plain(protector, previous_secret), previous_until);

        private static byte[] Plain(IDataProtector protector, byte[] stored) => stored.Length == WebhookSignature.SecretBytes ? stored : protector.Unprotect(stored);
    }
#pragma warning restore IDE1006, CA1707
}
