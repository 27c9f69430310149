using Gavel.Core;

namespace Gavel.Ledger;

#pragma warning disable IDE1006, CA1707 // the names of the columns
/// <summary>A row of the outbox.</summary>
internal sealed record WebhookRow(
    Guid id, long seq, int tenant_id, short kind, Guid? webhook_id, string? url, Guid endpoint, string @event, Guid subject_id, Guid? judging_id, DateTime created_at,
    short state, DateTime? due_at, int attempts, DateTime? first_attempt_at, DateTime? finished_at, int? last_status, string? last_error)
{
    public const string Columns = """
        id, seq, tenant_id, kind, webhook_id, url, endpoint, event, subject_id, judging_id, created_at, state,
        case when state = 0 and due_at > '-infinity' then due_at end as due_at, attempts, first_attempt_at, finished_at, last_status, last_error
        """;

    public WebhookDelivery Read() => new()
    {
        Id = id,
        Sequence = seq,
        Tenant = new TenantId(tenant_id),
        Kind = (WebhookKind)kind,
        Webhook = webhook_id,
        Url = url,
        Endpoint = endpoint,
        Event = @event,
        Subject = subject_id,
        Judging = judging_id is { } judging ? new JudgingId(judging) : null,
        CreatedAt = created_at,
        State = (WebhookState)state,
        DueAt = due_at,
        Attempts = attempts,
        FirstAttemptAt = first_attempt_at,
        FinishedAt = finished_at,
        LastStatus = last_status,
        LastError = last_error,
    };
}
#pragma warning restore IDE1006, CA1707
