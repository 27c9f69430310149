using System.Net;

namespace Gavel.Server.Tests;

public sealed class NativeApiTests(NativeApiTests.App app) : IClassFixture<NativeApiTests.App>
{
    public sealed class App : GavelApp
    {
        protected override void Configure(ServerOptions options) => options.Limits.LoginsPerMinute = 3;
    }

    private const string Run = """{"language":"python","source":"cat"}""";

    [Fact]
    public async Task A_repeated_request_with_an_idempotency_key_finds_the_first_ones_run()
    {
        var http = app.Http(GavelApp.AdminToken);
        http.DefaultRequestHeaders.Add("Idempotency-Key", "order-66");

        var first = await http.PostJsonAsync("api/v1/runs", Run);
        var again = await http.PostJsonAsync("api/v1/runs", Run);
        var other = await http.PostJsonAsync("api/v1/runs", """{"language":"python","source":"other"}""");
        var stranger = app.Http();
        stranger.DefaultRequestHeaders.Add("Idempotency-Key", "order-66");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, again.Status));
        Assert.Equal(first.Json.GetProperty("id").GetString(), again.Json.GetProperty("id").GetString());
        Assert.Equal("conflict", other.Kind);
        Assert.Equal("authentication-required", (await stranger.PostJsonAsync("api/v1/runs", Run)).Kind);
    }

    [Fact]
    public async Task A_refused_request_leaves_its_idempotency_key_free()
    {
        var http = app.Http(GavelApp.AdminToken);
        http.DefaultRequestHeaders.Add("Idempotency-Key", "second-chance");

        Assert.Equal("unknown-language", (await http.PostJsonAsync("api/v1/runs", """{"language":"klingon","source":"x"}""")).Kind);
        Assert.Equal(HttpStatusCode.Created, (await http.PostJsonAsync("api/v1/runs", Run)).Status);
    }

    [Fact]
    public async Task A_deleted_run_is_gone_with_everything_and_is_not_worked_on()
    {
        var http = app.Http();
        var id = (await http.PostJsonAsync("api/v1/runs", Run)).Json.GetProperty("id").GetString();

        var deleted = await http.SendAsync(HttpMethod.Delete, $"api/v1/runs/{id}", null);
        var after = await http.GetAnswerAsync($"api/v1/runs/{id}");
        var again = await http.SendAsync(HttpMethod.Delete, $"api/v1/runs/{id}", null);
        await using var command = app.Ledger.Database.CreateCommand($"select (select count(*) from judge_queue where subject_id = '{id}') + (select count(*) from sources where id = '{id}')");

        Assert.Equal(HttpStatusCode.NoContent, deleted.Status);
        Assert.Equal(("unknown-run", "unknown-run"), (after.Kind, again.Kind));
        Assert.Equal(0L, await command.ExecuteScalarAsync(GavelApp.Cancellation));
    }

    [Fact]
    public async Task A_batch_accepts_and_refuses_each_run_on_its_own()
    {
        var http = app.Http();

        var batch = await http.PostJsonAsync("api/v1/runs/batch", """{"runs":[{"language":"python","source":"a"},{"language":"klingon","source":"b"}]}""");
        var items = batch.Json.GetProperty("items");
        var id = items[0].GetProperty("run").GetProperty("id").GetString();
        var read = await http.GetAnswerAsync($"api/v1/runs/batch?ids={id},{Guid.NewGuid()}");

        Assert.Equal("urn:gavel:problem:unknown-language", items[1].GetProperty("problem").GetProperty("type").GetString());
        Assert.Equal(id, read.Json.GetProperty("items")[0].GetProperty("run").GetProperty("id").GetString());
        Assert.Equal("urn:gavel:problem:unknown-run", read.Json.GetProperty("items")[1].GetProperty("problem").GetProperty("type").GetString());
        Assert.Equal("invalid-request", (await http.PostJsonAsync("api/v1/runs/batch", """{"runs":[]}""")).Kind);
    }

    [Fact]
    public async Task Polling_what_has_not_changed_costs_nothing()
    {
        var http = app.Http();
        var id = (await http.PostJsonAsync("api/v1/runs", """{"language":"java","source":"cat"}""")).Json.GetProperty("id").GetString();
        var first = await http.GetAnswerAsync($"api/v1/runs/{id}");
        http.DefaultRequestHeaders.TryAddWithoutValidation("If-None-Match", first.Message.Headers.ETag!.ToString());

        var unchanged = await http.GetAnswerAsync($"api/v1/runs/{id}");
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);
        var changed = await http.GetAnswerAsync($"api/v1/runs/{id}?wait=30");

        Assert.Equal((HttpStatusCode.NotModified, ""), (unchanged.Status, unchanged.Text));
        Assert.Equal("done", changed.Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Too_many_logins_are_refused_with_the_time_to_wait()
    {
        var http = app.Http();
        ApiAnswer answer;
        var tries = 0;
        do
            answer = await http.PostJsonAsync("api/v1/session", """{"name":"x","password":"y"}""");
        while (answer.Kind != "rate-limited" && ++tries < 10);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.NotNull(answer.Message.Headers.RetryAfter);
        Assert.Contains("r=0", answer.Message.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);
    }
}
