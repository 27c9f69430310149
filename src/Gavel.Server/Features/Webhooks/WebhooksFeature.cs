using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Webhooks;

/// <summary>The tenant's webhooks: made, changed, removed, their secrets changed.</summary>
internal static class WebhooksFeature
{
    private const double LongestOverlapHours = 168;

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/webhooks").WithTags("Webhooks").RequireAuthorization(Policies.ManageWebhooks);
        group.MapPost("", Create).WithName("CreateWebhook").WithSummary("Makes a webhook. Its signing secret is in this answer and nowhere else.");
        group.MapGet("", List).WithName("ListWebhooks").WithSummary("Lists the tenant's webhooks.");
        group.MapPatch("/{id:guid}", Change).WithName("ChangeWebhook").WithSummary("Changes a webhook, or switches it off and on.");
        group.MapDelete("/{id:guid}", Remove).WithName("DeleteWebhook").WithSummary("Removes a webhook, and what was still to be sent to it.");
        group.MapPost("/{id:guid}/secret", ChangeSecret).WithName("ChangeWebhookSecret")
            .WithSummary("Makes a new signing secret. Until the overlap ends, requests are signed with both.");
        group.MapPost("/callback-secret", ChangeCallbackSecret).WithName("ChangeCallbackSecret")
            .WithSummary("Makes the secret that signs callbacks of single submissions and runs, or a new one. Until there is one they are not signed.");
        group.MapPost("/{id:guid}/ping", Ping).WithName("PingWebhook").WithSummary("Sends a ping event, to try a receiver out.");
        group.MapDeliveries();
    }

    public static ProblemHttpResult Unknown(Guid id) => ApiProblem.Of("not-found", $"There is no webhook '{id}'.");

    private static async Task<Results<Created<WebhookInfo>, ProblemHttpResult>> Create(
        NewWebhook request, Caller caller, WebhookRegistry webhooks, WebhookTarget target, AuditLog audit, CancellationToken cancellation)
    {
        if (WebhookInput.WhyBad(target, request.Url, request.Name, request.Events, request.Headers) is { } bad)
            return bad;

        var made = await webhooks.CreateAsync(
            caller.Tenant, request.Name ?? new Uri(request.Url).Host, request.Url, request.Events ?? WebhookEvents.Default,
            request.Headers ?? new Dictionary<string, string>(), cancellation);
        if (made is null)
            return ApiProblem.Of("conflict", $"A tenant has at most {WebhookRegistry.Most} webhooks. Remove one first.");

        await audit.WriteAsync(caller, "webhook.create", $"{made.Id} {made.Url}", cancellation);
        return TypedResults.Created($"/api/v1/webhooks/{made.Id}", WebhookInfo.From(made, withSecret: true));
    }

    private static async Task<Ok<WebhookList>> List(Caller caller, WebhookRegistry webhooks, CancellationToken cancellation) =>
        TypedResults.Ok(new WebhookList([.. (await webhooks.ListAsync(caller.Tenant, cancellation)).Select(w => WebhookInfo.From(w))]));

    private static async Task<Results<Ok<WebhookInfo>, ProblemHttpResult>> Change(
        Guid id, WebhookChange request, Caller caller, WebhookRegistry webhooks, WebhookTarget target, AuditLog audit, CancellationToken cancellation)
    {
        if (WebhookInput.WhyBad(target, request.Url, request.Name, request.Events, request.Headers) is { } bad)
            return bad;
        if (await webhooks.ChangeAsync(caller.Tenant, id, request.Name, request.Url, request.Events, request.Headers, request.Enabled, cancellation) is not { } changed)
            return Unknown(id);

        await audit.WriteAsync(caller, "webhook.change", $"{changed.Id} {changed.Url}{(changed.Enabled ? "" : " off")}", cancellation);
        return TypedResults.Ok(WebhookInfo.From(changed));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(Guid id, Caller caller, WebhookRegistry webhooks, AuditLog audit, CancellationToken cancellation)
    {
        if (!await webhooks.RemoveAsync(caller.Tenant, id, cancellation))
            return Unknown(id);

        await audit.WriteAsync(caller, "webhook.delete", id.ToString(), cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<WebhookInfo>, ProblemHttpResult>> ChangeSecret(
        Guid id, SecretChange request, Caller caller, WebhookRegistry webhooks, AuditLog audit, CancellationToken cancellation)
    {
        if (WhyBad(request) is { } bad)
            return bad;
        if (await webhooks.FindAsync(caller.Tenant, id, cancellation) is not { } webhook || await webhooks.RotateAsync(webhook, Overlap(request), cancellation) is not { } changed)
            return Unknown(id);

        await audit.WriteAsync(caller, "webhook.secret", id.ToString(), cancellation);
        return TypedResults.Ok(WebhookInfo.From(changed, withSecret: true));
    }

    private static async Task<Results<Ok<CallbackSecret>, ProblemHttpResult>> ChangeCallbackSecret(
        SecretChange request, Caller caller, WebhookRegistry webhooks, AuditLog audit, CancellationToken cancellation)
    {
        if (WhyBad(request) is { } bad)
            return bad;

        var (callbacks, made) = await webhooks.EnsureCallbacksAsync(caller.Tenant, cancellation);
        if (!made)
            callbacks = await webhooks.RotateAsync(callbacks, Overlap(request), cancellation) ?? callbacks;
        await audit.WriteAsync(caller, "webhook.secret", "callbacks", cancellation);
        return TypedResults.Ok(new CallbackSecret(WebhookSignature.Text(callbacks.Secret), callbacks.PreviousUntil));
    }

    private static async Task<Results<Accepted<PingSent>, ProblemHttpResult>> Ping(
        Guid id, Caller caller, WebhookRegistry webhooks, PostgresLedger ledger, CancellationToken cancellation)
    {
        if (await webhooks.FindAsync(caller.Tenant, id, cancellation) is null)
            return Unknown(id);

        var sent = await ledger.Webhooks.AddAsync(caller.Tenant, id, WebhookEvents.Ping, cancellation);
        return TypedResults.Accepted($"/api/v1/webhooks/deliveries/{sent}", new PingSent(sent));
    }

    private static ProblemHttpResult? WhyBad(SecretChange request) => request.OverlapHours is { } hours && !(hours is >= 0 and <= LongestOverlapHours)
        ? ApiProblem.Invalid("overlapHours", $"The old secret stays valid for 0 to {LongestOverlapHours} hours.") : null;

    private static TimeSpan Overlap(SecretChange request) => TimeSpan.FromHours(request.OverlapHours ?? 24);
}
