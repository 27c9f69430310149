using Gavel.Core;

namespace Gavel.Ledger;

/// <summary>Whom a delivery is for.</summary>
public enum WebhookKind
{
    /// <summary>A webhook of a tenant.</summary>
    Webhook = 0,

    /// <summary>The callback of one submission or run.</summary>
    Callback = 1,

    /// <summary>The callback of a submission that came by the Judge0 dialect.</summary>
    Judge0 = 2,
}

/// <summary>How far a delivery is.</summary>
public enum WebhookState
{
    /// <summary>To be sent, or to be sent again.</summary>
    Pending = 0,

    /// <summary>The receiver answered 2xx.</summary>
    Delivered = 1,

    /// <summary>Tried for as long as is tried. It can be replayed.</summary>
    Dead = 2,

    /// <summary>Not sent: what it tells of was removed, or its webhook was.</summary>
    Dropped = 3,
}

/// <summary>An event on its way to one receiver.</summary>
public sealed record WebhookDelivery
{
    /// <summary>What the receiver knows the event by; the same at every attempt and replay.</summary>
    public required Guid Id { get; init; }

    /// <summary>The place in the order of events; within a subject they are sent in it.</summary>
    public required long Sequence { get; init; }

    /// <summary>Whose event.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Whom it is for.</summary>
    public required WebhookKind Kind { get; init; }

    /// <summary>The webhook, for <see cref="WebhookKind.Webhook"/>.</summary>
    public Guid? Webhook { get; init; }

    /// <summary>The address, for callbacks; a webhook has its own.</summary>
    public string? Url { get; init; }

    /// <summary>Deliveries with the same value share a receiver.</summary>
    public required Guid Endpoint { get; init; }

    /// <summary>What happened, for example <c>submission.judged</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The submission or run, or the token of a Judge0 submission.</summary>
    public required Guid Subject { get; init; }

    /// <summary>The judging that it happened to.</summary>
    public JudgingId? Judging { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How far it is.</summary>
    public required WebhookState State { get; init; }

    /// <summary>How often it was sent, counting the attempt under way.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it was first sent, since it was made or replayed.</summary>
    public DateTimeOffset? FirstAttemptAt { get; init; }

    /// <summary>When it is sent next at the earliest; null when nothing holds it up, or nothing will be sent.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was delivered, given up or dropped.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>HTTP status of the last answer; null when there was none.</summary>
    public int? LastStatus { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? LastError { get; init; }
}

/// <summary>One attempt to deliver.</summary>
/// <param name="Attempt">1 for the first.</param>
/// <param name="At">When it was made.</param>
/// <param name="Status">HTTP status of the answer; null when there was none.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Response">How the answer began; null where that is not kept.</param>
public sealed record WebhookAttempt(int Attempt, DateTimeOffset At, int? Status, string? Error, TimeSpan Duration, string? Response);

/// <summary>Which deliveries a list shows, newest first. What is null does not filter.</summary>
public sealed record WebhookDeliveryFilter(TenantId Tenant)
{
    /// <summary>Those of one webhook.</summary>
    public Guid? Webhook { get; init; }

    /// <summary>Those about one submission or run.</summary>
    public Guid? Subject { get; init; }

    /// <summary>Those in one state.</summary>
    public WebhookState? State { get; init; }

    /// <summary>Those before this place in the order of events.</summary>
    public long? Before { get; init; }
}
