using Dapper;
using Gavel.Core;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>What became of deliveries, and sending them again.</summary>
public sealed class WebhookLog
{
    private readonly NpgsqlDataSource _database;

    internal WebhookLog(NpgsqlDataSource database) => _database = database;

    /// <summary>One page of deliveries, newest first.</summary>
    public async Task<IReadOnlyList<WebhookDelivery>> ListAsync(WebhookDeliveryFilter filter, int limit, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<WebhookRow>(new CommandDefinition(
            $"""
            select {WebhookRow.Columns} from webhook_deliveries
             where tenant_id = @tenant and (@before::bigint is null or seq < @before) and (@webhook::uuid is null or webhook_id = @webhook)
               and (@subject::uuid is null or subject_id = @subject) and (@state::smallint is null or state = @state)
             order by seq desc limit @limit
            """,
            new { tenant = filter.Tenant.Value, before = filter.Before, webhook = filter.Webhook, subject = filter.Subject, state = (short?)filter.State, limit },
            cancellationToken: cancellation));
        return [.. rows.Select(r => r.Read())];
    }

    /// <summary>A delivery with its attempts; null when the tenant has none with this id.</summary>
    public async Task<(WebhookDelivery Delivery, IReadOnlyList<WebhookAttempt> Attempts)?> FindAsync(TenantId tenant, Guid id, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<WebhookRow>(new CommandDefinition(
            $"select {WebhookRow.Columns} from webhook_deliveries where id = @id and tenant_id = @tenant", new { id, tenant = tenant.Value }, cancellationToken: cancellation));
        if (row is null)
            return null;

        var attempts = await connection.QueryAsync<(int Attempt, DateTime At, int? Status, string? Error, int Duration, string? Response)>(new CommandDefinition(
            "select attempt, at, status, error, duration_ms, response from webhook_attempts where delivery_id = @id order by attempt", new { id }, cancellationToken: cancellation));
        return (row.Read(), [.. attempts.Select(a => new WebhookAttempt(a.Attempt, a.At, a.Status, a.Error, TimeSpan.FromMilliseconds(a.Duration), a.Response))]);
    }

    /// <summary>Sends a delivery again that has ended, with the same id and a clean slate. False when the tenant has no such delivery that ended.</summary>
    public async Task<bool> ReplayAsync(TenantId tenant, Guid id, CancellationToken cancellation) =>
        await ReplayAsync("id = @id and state <> 0", new { tenant = tenant.Value, id }, cancellation) > 0;

    /// <summary>Sends everything again that a webhook did not take, and returns how much that is.</summary>
    public Task<int> ReplayDeadAsync(TenantId tenant, Guid webhook, CancellationToken cancellation) =>
        ReplayAsync("webhook_id = @webhook and state = 2", new { tenant = tenant.Value, webhook }, cancellation);

    /// <summary>Removes what ended before the given instant, with its attempts, and callbacks of things made before it.</summary>
    public async Task RemoveEndedAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            with gone as (delete from webhook_deliveries where state <> 0 and finished_at < @before returning id)
            delete from webhook_attempts a using gone where a.delivery_id = gone.id;
            delete from callbacks where subject_id < uuid_at(@before)
            """,
            new { before = before.UtcDateTime }, cancellationToken: cancellation));
    }

    private async Task<int> ReplayAsync(string which, object parameters, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var replayed = await connection.ExecuteAsync(new CommandDefinition(
            $"update webhook_deliveries set state = 0, due_at = '-infinity', first_attempt_at = null, finished_at = null where tenant_id = @tenant and {which}",
            parameters, cancellationToken: cancellation));
        if (replayed > 0)
            await connection.ExecuteAsync(new CommandDefinition($"notify {Channels.Webhooks}", cancellationToken: cancellation));
        return replayed;
    }
}
