using Dapper;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>
/// The outbox of webhooks and callbacks. The ledger's triggers fill it in the transactions that it tells of; any number of servers send from it.
/// </summary>
/// <remarks>
/// Theory of operation: a claim moves a delivery's due time past a lease and counts an attempt; (id, attempt) is what its sender finishes, so that one
/// that was too slow changes nothing. A sender that dies leaves a delivery that is due again after the lease: it is sent at least once, always with the
/// same id. Times are the caller's, one clock for due times and backoff; the lease is long enough for clocks that differ by seconds.
/// </remarks>
public sealed class WebhookOutbox
{
    private readonly NpgsqlDataSource _database;
    private readonly WakeSignal _wake = new();

    internal WebhookOutbox(NpgsqlDataSource database, NotificationListener listener)
    {
        _database = database;
        listener.Subscribe(Channels.Webhooks, _ => _wake.Set());
    }

    /// <summary>Completes when something was put into the outbox.</summary>
    public Task WaitAsync(CancellationToken cancellation) => _wake.WaitAsync(Timeout.InfiniteTimeSpan, cancellation);

    /// <summary>Takes deliveries that are due, receivers in turn.</summary>
    /// <param name="now">The caller's time.</param>
    /// <param name="lease">How long they are the caller's.</param>
    /// <param name="each">At most so many of one receiver.</param>
    /// <param name="most">At most so many in all.</param>
    /// <param name="afterEndpoint">The receiver that was served last.</param>
    /// <param name="busy">Receivers to leave out.</param>
    /// <param name="cancellation">Ends the claim.</param>
    public async Task<IReadOnlyList<WebhookDelivery>> ClaimAsync(
        DateTimeOffset now, TimeSpan lease, int each, int most, Guid afterEndpoint, IReadOnlyCollection<Guid> busy, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<WebhookRow>(new CommandDefinition(
            $"select {WebhookRow.Columns} from claim_deliveries(@now, @lease, @each, @most, @afterEndpoint, @busy)",
            new { now = now.UtcDateTime, lease, each, most, afterEndpoint, busy = busy.ToArray() }, cancellationToken: cancellation));
        return [.. rows.Select(r => r.Read())];
    }

    /// <summary>Ends a claim, with the attempt for the log. False when the claim was another's by then; nothing is changed.</summary>
    /// <param name="delivery">As it was claimed.</param>
    /// <param name="state">How far it is now.</param>
    /// <param name="due">When it is tried again, for <see cref="WebhookState.Pending"/>.</param>
    /// <param name="attempt">What was done.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<bool> FinishAsync(WebhookDelivery delivery, WebhookState state, DateTimeOffset due, WebhookAttempt attempt, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var finished = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            with finished as (
                update webhook_deliveries
                   set state = @state, due_at = case when @state = 0 then @due else due_at end, finished_at = case when @state = 0 then null else @at end,
                       last_status = @status, last_error = @error
                 where id = @id and attempts = @attempts and state = 0
                returning id, endpoint, subject_id, seq
            ), logged as (
                insert into webhook_attempts (delivery_id, attempt, at, status, error, duration_ms, response)
                select id, @attempt, @at, @status, @error, @duration, @response from finished on conflict do nothing
            ), freed as (
                update webhook_deliveries d set due_at = '-infinity'
                  from (select n.id from finished f join webhook_deliveries n on n.state = 0 and n.subject_id = f.subject_id and n.endpoint = f.endpoint and n.seq > f.seq
                         where @state <> 0 order by n.seq limit 1) n
                 where d.id = n.id
            )
            select exists (select from finished)
            """,
            new
            {
                id = delivery.Id,
                attempts = delivery.Attempts,
                state = (short)state,
                due = due.UtcDateTime,
                at = attempt.At.UtcDateTime,
                attempt = attempt.Attempt,
                status = attempt.Status,
                error = attempt.Error,
                duration = (int)attempt.Duration.TotalMilliseconds,
                response = attempt.Response,
            },
            cancellationToken: cancellation));
        return finished;
    }

    /// <summary>Gives a claim back without counting the attempt: what it tells of is not ready, or its webhook is switched off.</summary>
    public async Task PostponeAsync(WebhookDelivery delivery, DateTimeOffset due, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update webhook_deliveries set due_at = @due, attempts = attempts - 1, first_attempt_at = case when attempts = 1 then null else first_attempt_at end
             where id = @id and attempts = @attempts and state = 0
            """,
            new { id = delivery.Id, attempts = delivery.Attempts, due = due.UtcDateTime }, cancellationToken: cancellation));
    }

    /// <summary>Puts an event for one webhook into the outbox that no judging brought about, for example a ping.</summary>
    public async Task<Guid> AddAsync(Gavel.Core.TenantId tenant, Guid webhook, string @event, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var id = Guid.NewGuid();
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into webhook_deliveries (id, tenant_id, kind, webhook_id, endpoint, event, subject_id) values (@id, @tenant, 0, @webhook, @webhook, @event, @id);
            notify gavel_webhooks
            """,
            new { id, tenant = tenant.Value, webhook, @event }, cancellationToken: cancellation));
        return id;
    }
}
