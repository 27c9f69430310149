using Gavel.Ledger;
using Gavel.Server.Webhooks;

namespace Gavel.Server.Features.Webhooks;

/// <summary>A webhook to make.</summary>
/// <param name="Url">Where events are POSTed: http or https, public unless the operator allowed the network.</param>
/// <param name="Name">What it is for, for people.</param>
/// <param name="Events">submission.queued, submission.judged, submission.rejudging, run.queued, run.completed; judged and completed when left out.</param>
/// <param name="Headers">Headers to send along, for example an Authorization of the receiver; at most 10.</param>
internal sealed record NewWebhook(string Url, string? Name = null, IReadOnlyList<string>? Events = null, IReadOnlyDictionary<string, string>? Headers = null);

/// <summary>What changes; what is left out stays.</summary>
internal sealed record WebhookChange(
    string? Url = null, string? Name = null, IReadOnlyList<string>? Events = null, IReadOnlyDictionary<string, string>? Headers = null, bool? Enabled = null);

/// <summary>How to change a secret.</summary>
/// <param name="OverlapHours">How long the old secret signs too, 0 to 168; 24 when left out.</param>
internal sealed record SecretChange(double? OverlapHours = null);

/// <summary>A webhook. Values of its headers are told to nobody.</summary>
internal sealed record WebhookInfo(
    Guid Id, string Name, string Url, IReadOnlyList<string> Events, IReadOnlyList<string> HeaderNames, bool Enabled, DateTimeOffset CreatedAt,
    DateTimeOffset? OldSecretUntil, string? Secret = null)
{
    /// <param name="webhook">The webhook.</param>
    /// <param name="withSecret">True in the answer that makes the secret, and nowhere else.</param>
    public static WebhookInfo From(Webhook webhook, bool withSecret = false) => new(
        webhook.Id, webhook.Name, webhook.Url!, webhook.Events, [.. webhook.Headers.Keys.Order(StringComparer.OrdinalIgnoreCase)], webhook.Enabled, webhook.CreatedAt,
        webhook.PreviousUntil, withSecret ? WebhookSignature.Text(webhook.Secret) : null);
}

/// <summary>The tenant's webhooks.</summary>
internal sealed record WebhookList(IReadOnlyList<WebhookInfo> Items);

/// <summary>The secret that signs the callbacks of single submissions and runs.</summary>
internal sealed record CallbackSecret(string Secret, DateTimeOffset? OldSecretUntil);

/// <summary>An event and how far it is on its way to one receiver.</summary>
internal sealed record DeliveryInfo(
    Guid Id, string Event, Guid? Webhook, string? Url, Guid Subject, DateTimeOffset CreatedAt, WebhookState State, int Attempts,
    DateTimeOffset? NextAttemptAt, DateTimeOffset? FinishedAt, int? LastStatus, string? LastError)
{
    public static DeliveryInfo From(WebhookDelivery d) => new(
        d.Id, d.Event, d.Webhook, d.Url, d.Subject, d.CreatedAt, d.State, d.Attempts, d.DueAt, d.FinishedAt, d.LastStatus, d.LastError);
}

/// <summary>One page, newest first.</summary>
internal sealed record DeliveryList(IReadOnlyList<DeliveryInfo> Items, long? Next);

/// <summary>An attempt.</summary>
internal sealed record AttemptInfo(int Attempt, DateTimeOffset At, int? Status, string? Error, double DurationMs, string? Response);

/// <summary>A delivery with its attempts.</summary>
internal sealed record DeliveryDetails(DeliveryInfo Delivery, IReadOnlyList<AttemptInfo> Attempts);

/// <summary>How many deliveries are sent again.</summary>
internal sealed record Replayed(int Count);

/// <summary>The event that was put into the outbox.</summary>
internal sealed record PingSent(Guid Id);
