using System.Net;
using System.Text;

namespace Gavel.Server.Tests;

/// <summary>Judge0's callbacks, sent by the server itself as a client of Judge0 sees them.</summary>
public sealed class Judge0CallbackTests(Judge0CallbackTests.App app) : IClassFixture<Judge0CallbackTests.App>
{
    public sealed class App : GavelApp
    {
        protected override void Configure(ServerOptions options) => options.Webhooks.AllowedNetworks.Add("127.0.0.0/8");
    }

    [Fact]
    public async Task A_callback_is_a_PUT_of_the_default_fields_in_base64_when_the_last_run_has_ended()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var created = await app.Http().PostJsonAsync(
            "judge0/submissions", $$"""{"source_code":"both","language_id":71,"number_of_runs":3,"callback_url":"{{receiver.Url}}"}""");
        await using (await app.WorkAsync(ScriptedRuns.ExecuteAsync))
        {
            var call = await receiver.NextAsync(0);

            Assert.Equal(("PUT", "application/json"), (call.Method, call.Headers["content-type"]));
            Assert.DoesNotContain("webhook-signature", call.Headers.Keys);
            Assert.Equal(
                ["compile_output", "memory", "message", "status", "stderr", "stdout", "time", "token"],
                call.Json.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
            Assert.Equal(created.Json.GetProperty("token").GetString(), call.Json.GetProperty("token").GetString());
            Assert.Equal("out", Encoding.UTF8.GetString(Convert.FromBase64String(call.Json.GetProperty("stdout").GetString()!.Trim())));
            Assert.Equal(3, call.Json.GetProperty("status").GetProperty("id").GetInt32());
        }

        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task It_is_tried_three_times_where_nobody_answers_and_once_where_somebody_does()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => 500;
        await using var gone = await WebhookReceiver.StartAsync();
        await gone.DownAsync();
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);

        await app.Http().PostJsonAsync("judge0/submissions", $$"""{"source_code":"cat","language_id":71,"callback_url":"{{receiver.Url}}"}""");
        await app.Http().PostJsonAsync("judge0/submissions", $$"""{"source_code":"cat","language_id":71,"callback_url":"{{gone.Url}}"}""");
        await receiver.NextAsync(0);
        var admin = app.Http(GavelApp.AdminToken);
        var dead = new List<(string? Url, int Attempts)>();
        for (var i = 0; i < 200 && dead.Count < 2; i++)
        {
            await Task.Delay(100, GavelApp.Cancellation);
            dead = [.. (await admin.GetAnswerAsync("api/v1/webhooks/deliveries?state=dead")).Json.GetProperty("items").EnumerateArray()
                .Select(d => (d.GetProperty("url").GetString(), d.GetProperty("attempts").GetInt32()))];
        }

        Assert.Equal([(receiver.Url, 1), (gone.Url, 3)], dead.OrderBy(d => d.Attempts));
        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task A_callback_to_a_private_address_is_refused_where_the_operator_did_not_allow_it()
    {
        var answer = await app.Http().PostJsonAsync("judge0/submissions", """{"source_code":"cat","language_id":71,"callback_url":"http://169.254.169.254/latest"}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("not public", answer.Json.GetProperty("callback_url")[0].GetString(), StringComparison.Ordinal);
    }
}
