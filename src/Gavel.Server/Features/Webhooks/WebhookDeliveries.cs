using System.ComponentModel;
using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Webhooks;

/// <summary>The log of deliveries, and sending them again.</summary>
internal static class WebhookDeliveries
{
    public static void MapDeliveries(this IEndpointRouteBuilder group)
    {
        group.MapGet("/deliveries", List).WithName("ListWebhookDeliveries").WithSummary("Lists events and how far they are on their way, newest first; callbacks too.");
        group.MapGet("/deliveries/{id:guid}", Get).WithName("GetWebhookDelivery").WithSummary("Reads a delivery with its attempts.");
        group.MapPost("/deliveries/{id:guid}/replay", Replay).WithName("ReplayWebhookDelivery").WithSummary("Sends a delivery again that has ended, with the same event id.");
        group.MapPost("/{id:guid}/replay", ReplayDead).WithName("ReplayWebhook").WithSummary("Sends everything again that this webhook's receiver did not take in time.");
    }

    private static async Task<Results<Ok<DeliveryList>, ProblemHttpResult>> List(
        Caller caller, PostgresLedger ledger, Guid? webhook, [Description("A submission's or run's id.")] Guid? subject, [Description("pending, delivered, dead or dropped.")] string? state,
        [Description("The value 'next' of the page before.")] long? before, [Description("1 to 200; 50 when left out.")] int? limit, CancellationToken cancellation)
    {
        if (ApiProblem.BadLimit(limit, 200) is { } badLimit)
            return badLimit;

        WebhookState? wanted = null;
        if (state is not null)
        {
            if (!Enum.TryParse<WebhookState>(state, ignoreCase: true, out var known) || !Enum.IsDefined(known) || int.TryParse(state, out _))
                return ApiProblem.Invalid("state", "States are pending, delivered, dead and dropped.");
            wanted = known;
        }

        var page = await ledger.WebhookLog.ListAsync(
            new WebhookDeliveryFilter(caller.Tenant) { Webhook = webhook, Subject = subject, State = wanted, Before = before }, limit ?? 50, cancellation);
        return TypedResults.Ok(new DeliveryList([.. page.Select(DeliveryInfo.From)], page.Count == (limit ?? 50) ? page[^1].Sequence : null));
    }

    private static async Task<Results<Ok<DeliveryDetails>, ProblemHttpResult>> Get(Guid id, Caller caller, PostgresLedger ledger, CancellationToken cancellation) =>
        await ledger.WebhookLog.FindAsync(caller.Tenant, id, cancellation) is var (delivery, attempts)
            ? TypedResults.Ok(new DeliveryDetails(
                DeliveryInfo.From(delivery), [.. attempts.Select(a => new AttemptInfo(a.Attempt, a.At, a.Status, a.Error, a.Duration.TotalMilliseconds, a.Response))]))
            : Unknown(id);

    private static async Task<Results<Accepted, ProblemHttpResult>> Replay(Guid id, Caller caller, PostgresLedger ledger, CancellationToken cancellation) =>
        await ledger.WebhookLog.ReplayAsync(caller.Tenant, id, cancellation)
            ? TypedResults.Accepted($"/api/v1/webhooks/deliveries/{id}")
            : ApiProblem.Of("not-found", $"There is no delivery '{id}' that has ended.");

    private static async Task<Results<Ok<Replayed>, ProblemHttpResult>> ReplayDead(
        Guid id, Caller caller, PostgresLedger ledger, WebhookRegistry webhooks, CancellationToken cancellation) =>
        await webhooks.FindAsync(caller.Tenant, id, cancellation) is null
            ? WebhooksFeature.Unknown(id)
            : TypedResults.Ok(new Replayed(await ledger.WebhookLog.ReplayDeadAsync(caller.Tenant, id, cancellation)));

    private static ProblemHttpResult Unknown(Guid id) => ApiProblem.Of("not-found", $"There is no delivery '{id}'.");
}
