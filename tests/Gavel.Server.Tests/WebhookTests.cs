using System.Net;
using Dapper;
using Gavel.Core.Judgings;
using Gavel.Queue;
using Gavel.Server.Dialects.Judge0;
using Gavel.Server.Webhooks;
using Gavel.Testing;
using Gavel.Testing.Postgres;
using Gavel.Worker;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gavel.Server.Tests;

/// <summary>Webhooks over a real outbox and real receivers. The clock of due times is moved by hand, so an hour of outage takes seconds.</summary>
public sealed class WebhookTests(WebhookTests.App app) : IClassFixture<WebhookTests.App>, IAsyncLifetime
{
    public sealed class App : GavelApp
    {
        protected override void Configure(ServerOptions options)
        {
            options.Webhooks.AllowedNetworks.Add("127.0.0.0/8");
            options.Webhooks.Send = false; // the tests send, by their clock
        }
    }

    private readonly ManualTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    /// <summary>Every test starts with an outbox of its own.</summary>
    public async ValueTask InitializeAsync()
    {
        await using var connection = await app.Ledger.Database.OpenConnectionAsync(GavelApp.Cancellation);
        await connection.ExecuteAsync("delete from webhooks; delete from webhook_deliveries; delete from callbacks");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private HttpClient Admin => app.Http(GavelApp.AdminToken);

    [Fact]
    public async Task A_receiver_that_was_down_for_an_hour_gets_every_event_in_order_per_submission_each_with_its_own_id()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var webhook = await MakeAsync(receiver, """["submission.queued","submission.judged","submission.rejudging"]""");
        using var sender = Sender();
        await receiver.DownAsync();

        var submissions = new List<string>();
        for (var i = 0; i < 30; i++)
            submissions.Add(await SubmitAsync());
        await JudgeAsync(30);
        foreach (var id in submissions.Take(10))
            Assert.Equal(HttpStatusCode.Accepted, (await Admin.PostJsonAsync($"api/v1/submissions/{id}/rejudge", "")).Status);
        await JudgeAsync(10);
        for (var minute = 0; minute < 60; minute++)
        {
            if (minute == 30)
            {
                // Half of the hour nothing listens, half of it something answers that it cannot.
                receiver.Answer = _ => 503;
                await receiver.UpAsync();
            }

            await sender.Dispatcher.SendDueAsync(GavelApp.Cancellation);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Empty(receiver.Taken);
        receiver.Answer = _ => 200;
        for (var minute = 0; minute < 80; minute++)
        {
            await sender.Dispatcher.SendDueAsync(GavelApp.Cancellation);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        var taken = receiver.Taken;
        Assert.Equal((30 * 2) + (10 * 2), taken.Count);
        Assert.Equal(taken.Count, taken.Select(t => t.Id).Distinct().Count());
        Assert.All(taken, t => Assert.True(t.IsSignedWith(webhook.Secret)));
        foreach (var id in submissions)
        {
            var expected = submissions.IndexOf(id) < 10 ? new[] { "submission.queued", "submission.judged", "submission.rejudging", "submission.judged" } : ["submission.queued", "submission.judged"];
            Assert.Equal(expected, taken.Where(t => t.Json.GetProperty("data").GetProperty("id").GetString() == id).Select(t => t.Json.GetProperty("type").GetString()));
        }

        // Retries of one event carry its id, and what they say is the same.
        foreach (var retries in receiver.Received.GroupBy(r => r.Id))
            Assert.Single(retries.Select(r => r.Body).Distinct());
    }

    [Fact]
    public async Task An_event_whose_sender_died_is_sent_by_another_with_the_same_id_and_the_dead_ones_word_counts_no_more()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await MakeAsync(receiver, """["submission.judged"]""");
        await SubmitAsync();
        await JudgeAsync(1);
        using var sender = Sender();

        // Claimed, and never finished: what kill -9 leaves behind.
        var claimed = Assert.Single(await app.Ledger.Webhooks.ClaimAsync(_time.GetUtcNow(), TimeSpan.FromSeconds(40), 8, 8, Guid.Empty, [], GavelApp.Cancellation));
        Assert.Equal(0, await sender.Dispatcher.SendDueAsync(GavelApp.Cancellation));
        _time.Advance(TimeSpan.FromSeconds(41));
        Assert.Equal(1, await sender.Dispatcher.SendDueAsync(GavelApp.Cancellation));

        Assert.Equal(claimed.Id.ToString(), Assert.Single(receiver.Received).Id);
        Assert.False(await app.Ledger.Webhooks.FinishAsync(
            claimed, Gavel.Ledger.WebhookState.Dead, _time.GetUtcNow(), new(1, _time.GetUtcNow(), null, "too late", TimeSpan.Zero, null), GavelApp.Cancellation));
        Assert.Equal("delivered", (await Admin.GetAnswerAsync($"api/v1/webhooks/deliveries/{claimed.Id}")).Json.GetProperty("delivery").GetProperty("state").GetString());
    }

    [Fact]
    public async Task After_a_day_an_event_is_dead_stays_in_the_log_with_its_attempts_and_can_be_replayed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => 302;
        var webhook = await MakeAsync(receiver, """["submission.judged"]""");
        await SubmitAsync();
        await JudgeAsync(1);
        using var sender = Sender();
        for (var hour = 0; hour < 60; hour++)
        {
            await sender.Dispatcher.SendDueAsync(GavelApp.Cancellation);
            _time.Advance(TimeSpan.FromMinutes(30));
        }

        var dead = Assert.Single((await Admin.GetAnswerAsync($"api/v1/webhooks/deliveries?webhook={webhook.Id}&state=dead")).Json.GetProperty("items").EnumerateArray());
        var id = dead.GetProperty("id").GetString();
        var details = (await Admin.GetAnswerAsync($"api/v1/webhooks/deliveries/{id}")).Json;
        var attempts = details.GetProperty("attempts").EnumerateArray().ToList();
        Assert.InRange(attempts.Count, 20, 50);
        Assert.All(attempts, a => Assert.Contains("redirects are not followed", a.GetProperty("error").GetString(), StringComparison.Ordinal));
        Assert.All(receiver.Received, r => Assert.Equal("/hook", r.Path));

        receiver.Answer = _ => 204;
        var replayed = await Admin.PostJsonAsync($"api/v1/webhooks/{webhook.Id}/replay", "");
        await sender.Dispatcher.SendDueAsync(GavelApp.Cancellation);
        var again = await Admin.PostJsonAsync($"api/v1/webhooks/deliveries/{id}/replay", "");
        await sender.Dispatcher.SendDueAsync(GavelApp.Cancellation);

        Assert.True(replayed.Status == HttpStatusCode.OK, replayed.Text);
        Assert.Equal(1, replayed.Json.GetProperty("count").GetInt32());
        Assert.Equal(HttpStatusCode.Accepted, again.Status);
        Assert.Equal([id, id], receiver.Taken.Select(t => t.Id));
    }

    [Fact]
    public async Task While_a_secret_is_changed_both_sign_and_afterwards_only_the_new_one()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var webhook = await MakeAsync(receiver, null, """{"Authorization":"Bearer theirs"}""");
        using var sender = Sender();

        var changed = await Admin.PostJsonAsync($"api/v1/webhooks/{webhook.Id}/secret", """{"overlapHours":2}""");
        var secret = changed.Json.GetProperty("secret").GetString()!;
        await Admin.PostJsonAsync($"api/v1/webhooks/{webhook.Id}/ping", "");
        await sender.Dispatcher.SendDueAsync(GavelApp.Cancellation);
        _time.Advance(TimeSpan.FromHours(3));
        await Admin.PostJsonAsync($"api/v1/webhooks/{webhook.Id}/ping", "");
        await sender.Dispatcher.SendDueAsync(GavelApp.Cancellation);

        Assert.Equal(2, receiver.Received.Count);
        Assert.True(receiver.Received[0].IsSignedWith(webhook.Secret) && receiver.Received[0].IsSignedWith(secret));
        Assert.True(!receiver.Received[1].IsSignedWith(webhook.Secret) && receiver.Received[1].IsSignedWith(secret));
        Assert.All(receiver.Received, r => Assert.Equal("Bearer theirs", r.Headers["authorization"]));
        Assert.DoesNotContain("theirs", (await Admin.GetAnswerAsync("api/v1/webhooks")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, (await Admin.GetAnswerAsync("api/v1/webhooks")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submissions_callback_and_a_runs_tell_their_outcome_signed_with_the_tenants_callback_secret()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var secret = (await Admin.PostJsonAsync("api/v1/webhooks/callback-secret", "{}")).Json.GetProperty("secret").GetString()!;
        using var sender = Sender();

        var submission = await SubmitAsync(receiver.Url);
        var run = await Admin.PostJsonAsync("api/v1/runs", $$"""{"language":"python","source":"cat","stdin":"hello","callbackUrl":"{{receiver.Url}}"}""");
        await JudgeAsync(2);
        await sender.Dispatcher.SendDueAsync(GavelApp.Cancellation);

        var judged = receiver.Received.Single(r => r.Json.GetProperty("type").GetString() == "submission.judged");
        var ran = receiver.Received.Single(r => r.Json.GetProperty("type").GetString() == "run.completed");
        Assert.Equal(submission, judged.Json.GetProperty("data").GetProperty("id").GetString());
        Assert.Equal("AC", judged.Json.GetProperty("data").GetProperty("verdict").GetString());
        Assert.Equal(run.Json.GetProperty("id").GetString(), ran.Json.GetProperty("data").GetProperty("id").GetString());
        Assert.Equal("hello", ran.Json.GetProperty("data").GetProperty("stdout").GetString());
        Assert.All(receiver.Received, r => Assert.True(r.IsSignedWith(secret)));
        Assert.Equal("invalid-request", (await app.Http().PostJsonAsync("api/v1/runs", $$"""{"language":"python","source":"cat","callbackUrl":"{{receiver.Url}}"}""")).Kind);
    }

    [Fact]
    public async Task What_was_erased_is_not_told_any_more()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = Sender();
        var run = (await Admin.PostJsonAsync("api/v1/runs", $$"""{"language":"python","source":"cat","stdin":"private","callbackUrl":"{{receiver.Url}}"}""")).Json.GetProperty("id").GetString();
        await JudgeAsync(1);

        await Admin.SendAsync(HttpMethod.Delete, $"api/v1/runs/{run}", null);
        await sender.Dispatcher.SendDueAsync(GavelApp.Cancellation);

        Assert.Empty(receiver.Received);
        var log = (await Admin.GetAnswerAsync($"api/v1/webhooks/deliveries?subject={run}")).Json.GetProperty("items");
        Assert.Equal("dropped", Assert.Single(log.EnumerateArray()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_receiver_that_hangs_does_not_hold_up_another()
    {
        await using var slow = await WebhookReceiver.StartAsync();
        await using var quick = await WebhookReceiver.StartAsync();
        var busy = await MakeAsync(slow, """["run.completed"]""");
        var free = await MakeAsync(quick, null);
        for (var i = 0; i < 40; i++)
            await Admin.PostJsonAsync($"api/v1/webhooks/{busy.Id}/ping", "");
        await Admin.PostJsonAsync($"api/v1/webhooks/{free.Id}/ping", "");

        var claimed = await app.Ledger.Webhooks.ClaimAsync(_time.GetUtcNow(), TimeSpan.FromSeconds(40), 8, 64, Guid.Empty, [], GavelApp.Cancellation);

        Assert.Equal(8, claimed.Count(c => c.Webhook.ToString() == busy.Id));
        Assert.Single(claimed, c => c.Webhook.ToString() == free.Id);
    }

    [Theory]
    [InlineData("""{"url":"ftp://example.com"}""", "url")]
    [InlineData("""{"url":"http://10.0.0.1/"}""", "url")]
    [InlineData("""{"url":"https://user:secret@example.com/"}""", "url")]
    [InlineData("""{"url":"https://example.com/","events":["submission.nonsense"]}""", "events")]
    [InlineData("""{"url":"https://example.com/","headers":{"Host":"internal"}}""", "headers")]
    [InlineData("""{"url":"https://example.com/","headers":{"X-A":"a\r\nX-B: b"}}""", "headers")]
    [InlineData("""{"url":"https://example.com/","headers":{"webhook-signature":"v1,forged"}}""", "headers")]
    public async Task What_cannot_be_a_webhook_is_refused_with_the_field(string request, string field)
    {
        var answer = await Admin.PostJsonAsync("api/v1/webhooks", request);

        Assert.Equal(("invalid-request", field), (answer.Kind, answer.Json.GetProperty("field").GetString()));
    }

    private async Task<(string Id, string Secret)> MakeAsync(WebhookReceiver receiver, string? events, string headers = "{}")
    {
        var made = await Admin.PostJsonAsync("api/v1/webhooks", $$"""{"url":"{{receiver.Url}}","events":{{events ?? """["run.queued"]"""}},"headers":{{headers}}}""");
        Assert.Equal(HttpStatusCode.Created, made.Status);
        return (made.Json.GetProperty("id").GetString()!, made.Json.GetProperty("secret").GetString()!);
    }

    private async Task<string> SubmitAsync(string? callback = null)
    {
        await app.Client(GavelApp.AdminToken).PutProblemAsync("hooked", PackageZip.Echo(), GavelApp.Cancellation);
        var field = callback is null ? "" : $",\"callbackUrl\":\"{callback}\"";
        var answer = await Admin.PostJsonAsync("api/v1/submissions", $$"""{"problem":"hooked","language":"python","source":"x"{{field}}}""");
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return answer.Json.GetProperty("id").GetString()!;
    }

    private async Task JudgeAsync(int jobs)
    {
        using var all = new CountdownEvent(jobs);
        await using (await app.WorkAsync(async (job, progress, cancellation) =>
        {
            var outcome = job.Work is JudgeWork.Run ? await ScriptedRuns.ExecuteAsync(job, progress, cancellation) : new JobOutcome.Judged(LedgerData.Result(Verdict.Accepted));
            all.Signal();
            return outcome;
        }))
        {
            Assert.True(await Task.Run(() => all.Wait(TimeSpan.FromSeconds(60))));
        }
    }

    /// <summary>A server's sender with the clock of this test.</summary>
    private Sending Sender()
    {
        var options = app.Services.GetRequiredService<WebhookOptions>();
        var target = new WebhookTarget(options);
        var sender = new WebhookSender(target, _time);
        return new Sending(sender, new WebhookDispatcher(
            app.Ledger, new WebhookRegistry(app.Ledger, app.Services.GetRequiredService<IDataProtectionProvider>(), _time), sender, target, app.Services.GetServices<IWebhookContentSource>(), options,
            app.Services.GetRequiredService<Judge0Options>(), _time, NullLogger<WebhookDispatcher>.Instance));
    }

    private sealed record Sending(WebhookSender Http, WebhookDispatcher Dispatcher) : IDisposable
    {
        public void Dispose()
        {
            Dispatcher.Dispose();
            Http.Dispose();
        }
    }
}
