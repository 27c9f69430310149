using System.Text.Json;
using System.Text.Json.Nodes;
using Gavel.Ledger;
using Gavel.Server.Http;

namespace Gavel.Server.Webhooks;

/// <summary>What a delivery tells.</summary>
internal abstract record WebhookContent
{
    private WebhookContent()
    {
    }

    /// <summary>The object, in the form that the API has for it too.</summary>
    public sealed record Ready(JsonNode Data) : WebhookContent;

    /// <summary>What the API answers, as it writes it.</summary>
    public static Ready Of<T>(T response) => new(JsonSerializer.SerializeToNode(response, ApiJson.Options)!);

    /// <summary>It has not come to its end; ask again later.</summary>
    public sealed record NotYet : WebhookContent;

    /// <summary>It was removed; there is nothing to tell any more.</summary>
    public sealed record Gone : WebhookContent;
}

/// <summary>Reads what deliveries tell: every feature with events has one. Nothing of it is kept in the outbox, so that what is erased is not told.</summary>
internal interface IWebhookContentSource
{
    /// <summary>The first part of the names of its events: <c>submission</c> of <c>submission.judged</c>.</summary>
    string Subject { get; }

    Task<WebhookContent> ReadAsync(WebhookDelivery delivery, CancellationToken cancellation);
}
