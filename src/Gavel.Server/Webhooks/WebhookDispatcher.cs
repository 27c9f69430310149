using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gavel.Ledger;
using Gavel.Server.Http;

namespace Gavel.Server.Webhooks;

/// <summary>Sends what is in the outbox. Every server runs one; the outbox shares the work out.</summary>
/// <remarks>
/// Theory of operation: one loop claims deliveries that are due, receivers in turn, and starts a task for each; a receiver has a few requests under way
/// at most, so one that hangs holds up nobody else. A task reads what there is to tell, sends it, and finishes the claim: delivered, due again later, or
/// dead. Whatever stops it in between leaves the claim to run out.
/// </remarks>
internal sealed partial class WebhookDispatcher(
    PostgresLedger ledger, WebhookRegistry registry, WebhookSender sender, WebhookTarget target, IEnumerable<IWebhookContentSource> sources, WebhookOptions options,
    Dialects.Judge0.Judge0Options judge0, TimeProvider time, ILogger<WebhookDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1), FirstBackoff = TimeSpan.FromSeconds(5), NotReady = TimeSpan.FromMilliseconds(200), Upkeep = TimeSpan.FromHours(1);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, int> _underWay = new();
    private readonly Dictionary<string, IWebhookContentSource> _sources = sources.ToDictionary(s => s.Subject);
    private Guid _lastEndpoint;
    private long? _lastUpkeep;

    /// <summary>Sends everything that is due now, and returns how many attempts that took. The loop does the same, and goes on.</summary>
    internal async Task<int> SendDueAsync(CancellationToken cancellation)
    {
        for (var sent = 0; ;)
        {
            var claimed = await ClaimAsync(options.AtOnce, cancellation);
            if (claimed.Count == 0)
                return sent;

            await Task.WhenAll(claimed.Select(d => DeliverAsync(d, cancellation)));
            sent += claimed.Count;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Send)
            return;

        var woken = ledger.Webhooks.WaitAsync(stoppingToken);
        var tasks = new List<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                tasks.RemoveAll(t => t.IsCompleted);
                var claimed = await ClaimAsync(options.AtOnce - tasks.Count, stoppingToken);
                tasks.AddRange(claimed.Select(d => Task.Run(() => DeliverAsync(d, stoppingToken), CancellationToken.None)));
                if (claimed.Count > 0 && tasks.Count < options.AtOnce)
                    continue;

                if (woken.IsCompleted)
                    woken = ledger.Webhooks.WaitAsync(stoppingToken);
                await Task.WhenAny([woken, Task.Delay(Poll, time, stoppingToken), .. tasks]);
                await TidyAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                // The database is away, most likely. A server that silently sends no more would look healthy.
                LogFailed(failure);
                await Task.Delay(Poll, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(tasks);
    }

    private async Task<IReadOnlyList<WebhookDelivery>> ClaimAsync(int most, CancellationToken cancellation)
    {
        if (most <= 0)
            return [];

        var busy = _underWay.Where(e => e.Value >= options.AtOncePerReceiver).Select(e => e.Key).ToList();
        var claimed = await ledger.Webhooks.ClaimAsync(time.GetUtcNow(), options.Timeout + Slack, options.AtOncePerReceiver, most, _lastEndpoint, busy, cancellation);
        foreach (var delivery in claimed)
        {
            _lastEndpoint = delivery.Endpoint;
            _underWay.AddOrUpdate(delivery.Endpoint, 1, (_, n) => n + 1);
        }

        return claimed;
    }

    private async Task DeliverAsync(WebhookDelivery delivery, CancellationToken cancellation)
    {
        try
        {
            await TryDeliverAsync(delivery, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The claim runs out, and another server (or this one, started again) sends it with the same id.
        }
        catch (Exception failure)
        {
            LogFailed(failure);
        }
        finally
        {
            if (_underWay.AddOrUpdate(delivery.Endpoint, 0, (_, n) => n - 1) <= 0)
                _underWay.TryRemove(KeyValuePair.Create(delivery.Endpoint, 0));
        }
    }

    private async Task TryDeliverAsync(WebhookDelivery delivery, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var webhook = delivery.Kind switch
        {
            WebhookKind.Webhook => await registry.FindAsync(delivery.Tenant, delivery.Webhook!.Value, cancellation),
            WebhookKind.Callback => await registry.FindCallbacksAsync(delivery.Tenant, cancellation),
            WebhookKind.Judge0 => null,
        };
        if (delivery.Kind == WebhookKind.Webhook && webhook is null)
        {
            await DropAsync(delivery, "The webhook was removed.", cancellation);
            return;
        }

        if (webhook is { Enabled: false })
        {
            await ledger.Webhooks.PostponeAsync(delivery, now + TimeSpan.FromMinutes(1), cancellation);
            return;
        }

        switch (await ReadAsync(delivery, cancellation))
        {
            case WebhookContent.Gone:
                await DropAsync(delivery, "What it tells of was removed.", cancellation);
                break;
            case WebhookContent.NotYet when now - delivery.CreatedAt > options.GiveUpAfter:
                await DropAsync(delivery, "What it tells of never ended.", cancellation);
                break;
            case WebhookContent.NotYet:
                await ledger.Webhooks.PostponeAsync(delivery, now + NotReady, cancellation);
                break;
            case WebhookContent.Ready(var data):
                var url = webhook?.Url ?? delivery.Url!;
                using (var request = RequestFor(delivery, webhook, url, data, now))
                {
                    var answer = target.WhyBad(url) is { } bad
                        ? new WebhookAnswer(null, bad, null, null, TimeSpan.Zero)
                        : await sender.SendAsync(request, delivery.Kind == WebhookKind.Judge0 ? judge0.CallbackTimeout : options.Timeout, cancellation);
                    await FinishAsync(delivery, answer, now, cancellation);
                }

                break;
        }
    }

    private async Task<WebhookContent> ReadAsync(WebhookDelivery delivery, CancellationToken cancellation) =>
        delivery.Event == WebhookEvents.Ping ? new WebhookContent.Ready(new JsonObject())
        : _sources.TryGetValue(WebhookEvents.SubjectOf(delivery.Event), out var source) ? await source.ReadAsync(delivery, cancellation)
        : new WebhookContent.Gone();

    private static HttpRequestMessage RequestFor(WebhookDelivery delivery, Webhook? webhook, string url, JsonNode data, DateTimeOffset now)
    {
        var judge0 = delivery.Kind == WebhookKind.Judge0;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            judge0 ? data : new JsonObject { ["type"] = delivery.Event, ["timestamp"] = delivery.CreatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), ["data"] = data }, ApiJson.Options);
        var request = new HttpRequestMessage(judge0 ? HttpMethod.Put : HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "Gavel");
        if (judge0)
            return request;

        request.Headers.TryAddWithoutValidation(WebhookSignature.IdHeader, delivery.Id.ToString());
        request.Headers.TryAddWithoutValidation(WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in webhook?.Headers ?? new Dictionary<string, string>())
            request.Headers.TryAddWithoutValidation(name, value);
        if (webhook is not null)
            request.Headers.TryAddWithoutValidation(WebhookSignature.Header, WebhookSignature.Sign(delivery.Id, now, body, webhook.SecretsAt(now)));
        return request;
    }

    private async Task FinishAsync(WebhookDelivery delivery, WebhookAnswer answer, DateTimeOffset now, CancellationToken cancellation)
    {
        var (state, due) = answer.Taken ? (WebhookState.Delivered, now) : AfterFailure(delivery, answer, now);
        // What a machine inside the operator's networks answers is nobody's business but the operator's.
        var kept = options.AllowedNetworks.Count == 0 ? answer.Response : null;
        await ledger.Webhooks.FinishAsync(delivery, state, due, new WebhookAttempt(delivery.Attempts, now, answer.Status, answer.Error, answer.Duration, kept), cancellation);
        if (state == WebhookState.Dead)
            LogDead(delivery.Id, delivery.Event, delivery.Tenant.Value, answer.Error);
    }

    private (WebhookState State, DateTimeOffset Due) AfterFailure(WebhookDelivery delivery, WebhookAnswer answer, DateTimeOffset now)
    {
        if (delivery.Kind == WebhookKind.Judge0)
        {
            var over = delivery.Attempts >= judge0.CallbackTries || (answer.Status is not null && judge0.CallbackStopsAtAnyAnswer);
            return (over ? WebhookState.Dead : WebhookState.Pending, now + TimeSpan.FromSeconds(1));
        }

        var end = (delivery.FirstAttemptAt ?? now) + options.GiveUpAfter;
        if (now >= end)
            return (WebhookState.Dead, now);

        var due = now + Max(BackoffAfter(delivery.Attempts), answer.RetryAfter is { } asked && asked < options.LongestBackoff ? asked : TimeSpan.Zero);
        return (WebhookState.Pending, due < end ? due : end);
    }

    /// <summary>5 s, 15 s, 45 s … up to the longest, each a fifth more or less, so that what failed together does not come back together.</summary>
    private TimeSpan BackoffAfter(int attempts)
    {
        var seconds = Math.Min(options.LongestBackoff.TotalSeconds, FirstBackoff.TotalSeconds * Math.Pow(3, Math.Min(attempts, 12) - 1));
        return TimeSpan.FromSeconds(seconds * (0.8 + (Random.Shared.NextDouble() * 0.4)));
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private Task<bool> DropAsync(WebhookDelivery delivery, string why, CancellationToken cancellation) => ledger.Webhooks.FinishAsync(
        delivery, WebhookState.Dropped, time.GetUtcNow(), new WebhookAttempt(delivery.Attempts, time.GetUtcNow(), null, why, TimeSpan.Zero, null), cancellation);

    private async Task TidyAsync(CancellationToken cancellation)
    {
        if (_lastUpkeep is { } last && time.GetElapsedTime(last) < Upkeep)
            return;

        _lastUpkeep = time.GetTimestamp();
        await ledger.WebhookLog.RemoveEndedAsync(time.GetUtcNow() - options.KeepLog, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sending webhooks failed and is tried again.")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gave up on event {EventId} ({Event}) of tenant {TenantId}: {Reason}")]
    private partial void LogDead(Guid eventId, string @event, int tenantId, string? reason);
}
