using System.Net;
using System.Text.Json;
using Gavel.Client;

namespace Gavel.Server.Tests;

/// <summary>The native WebSocket, with real programs.</summary>
public sealed class LiveSocketTests(JudgeApp app) : IClassFixture<JudgeApp>
{
    private Task<JsonClient> ConnectAsync(string? key = null) => JsonClient.ConnectAsync(app.Address, "api/v1/live", key);

    private static string Run(string source, string more = "") =>
        $$$"""{"type":"run","ref":"r1","run":{"language":"python3","source":{{{JsonSerializer.Serialize(source)}}}{{{more}}}}}""";

    private static string Type(JsonElement message) => message.GetProperty("type").GetString()!;

    [Fact]
    public async Task A_program_is_talked_with_and_its_outcome_follows()
    {
        using var client = await ConnectAsync();
        await client.SendAsync(Run("print('name?', flush=True)\nprint('hello ' + input(), flush=True)\nimport sys; print(len(sys.stdin.read()))", ",\"env\":{\"A\":\"b\"}"));
        var started = await client.NextAsync();
        var id = started.GetProperty("id").GetString();
        var asked = await client.TextAsync("stdout", "name?\n");
        await client.SendAsync($$"""{"type":"stdin","id":"{{id}}","data":"wörld\n"}""");
        var greeted = await client.TextAsync("stdout", "hello wörld\n");
        await client.SendAsync($$"""{"type":"stdin","id":"{{id}}","data":"{{Convert.ToBase64String(new byte[1000])}}","encoding":"base64"}""");
        await client.SendAsync($$"""{"type":"stdinEnd","id":"{{id}}"}""");
        var rest = await client.TextAsync("stdout", "1000\n");
        var last = await UntilAsync(client, m => Type(m) == "event" && m.GetProperty("event").GetString() == "verdict");
        var run = await app.Client().GetRunAsync(Guid.Parse(id!), cancellation: GavelApp.Cancellation);

        Assert.Equal(("started", "r1"), (Type(started), started.GetProperty("ref").GetString()));
        Assert.Equal(("name?\n", "hello wörld\n", "1000\n"), (asked, greeted, rest));
        Assert.Equal("AC", last.GetProperty("data").GetProperty("verdict").GetString());
        Assert.Equal(("ok", "name?\nhello wörld\n1000\n"), (run.Outcome, run.Stdout));
    }

    [Fact]
    public async Task Several_things_are_followed_at_once_and_resumed_behind_the_last_event()
    {
        await app.Client(GavelApp.AdminToken).PutProblemAsync("echo", PackageZip.Echo(), GavelApp.Cancellation);
        var api = app.Client();
        var submission = await api.SubmitAsync(new NewSubmission("echo", "python3", [new SourceText("main.py", "print(input())")]), GavelApp.Cancellation);
        var run = await api.RunAsync(new NewRun("python3", [new SourceText("main.py", "print(1)")]), cancellation: GavelApp.Cancellation);
        using var client = await ConnectAsync();
        await client.SendAsync($$"""{"type":"subscribe","id":"{{submission.Id}}"}""");
        await client.SendAsync($$"""{"type":"subscribe","id":"{{run.Id}}"}""");

        var verdicts = new Dictionary<string, string>();
        var testcases = 0;
        var eventId = "";
        for (var ended = 0; ended < 2;)
        {
            var next = await client.NextAsync();
            ended += Type(next) == "ended" ? 1 : 0;
            if (Type(next) != "event")
                continue;
            testcases += next.GetProperty("event").GetString() == "testcase" ? 1 : 0;
            if (next.GetProperty("event").GetString() == "verdict")
                verdicts[next.GetProperty("id").GetString()!] = next.GetProperty("data").GetProperty("verdict").GetString()!;
            else if (next.GetProperty("id").GetString() == submission.Id.ToString())
                eventId = next.GetProperty("eventId").GetString()!;
        }

        using var later = await ConnectAsync();
        await later.SendAsync($$"""{"type":"subscribe","id":"{{submission.Id}}","after":"{{eventId}}"}""");
        var resumed = await later.NextAsync();

        Assert.Equal(("AC", "AC", 2), (verdicts[submission.Id.ToString()], verdicts[run.Id.ToString()], testcases));
        Assert.Equal("verdict", resumed.GetProperty("event").GetString());
    }

    [Fact]
    public async Task A_program_is_stopped_and_a_run_cancelled()
    {
        using var client = await ConnectAsync();
        await client.SendAsync(Run("print('up', flush=True)\nwhile True: pass"));
        var id = (await client.NextAsync()).GetProperty("id").GetString();
        await client.TextAsync("stdout", "up\n");
        await client.SendAsync($$"""{"type":"stop","id":"{{id}}"}""");
        var verdict = await UntilAsync(client, m => Type(m) == "event" && m.GetProperty("event").GetString() == "verdict");
        await client.SendAsync($$"""{"type":"cancel","id":"{{id}}"}""");
        await UntilAsync(client, m => Type(m) == "cancelled");
        var gone = await app.Http().GetAnswerAsync($"api/v1/runs/{id}");

        Assert.Equal("RTE", verdict.GetProperty("data").GetProperty("verdict").GetString());
        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
    }

    [Fact]
    public async Task A_program_whose_client_goes_away_is_killed()
    {
        using (var client = await ConnectAsync())
        {
            await client.SendAsync(Run("import time\nprint('up', flush=True)\ntime.sleep(50)", ",\"limits\":{\"wallTimeMs\":60000}"));
            await client.TextAsync("stdout", "up\n");
        }

        // Both slots are free again long before the sleeper would have ended: three more runs, one after the other.
        for (var i = 0; i < 3; i++)
            Assert.Equal("ok", (await app.Client().RunAsync(new NewRun("python3", [new SourceText("main.py", "pass")]), TimeSpan.FromSeconds(40), GavelApp.Cancellation)).Outcome);
    }

    [Fact]
    public async Task Another_tenants_or_authors_things_are_not_there_and_misuse_is_answered()
    {
        var owner = (await app.Http(GavelApp.AdminToken).PostJsonAsync("api/v1/keys", """{"name":"owner","roles":["contestant"]}""")).Json.GetProperty("secret").GetString();
        var reader = (await app.Http(GavelApp.AdminToken).PostJsonAsync("api/v1/keys", """{"name":"reader","roles":["contestant"],"scopes":["read"]}""")).Json.GetProperty("secret").GetString();
        var run = await app.Client(owner).RunAsync(new NewRun("python3", [new SourceText("main.py", "pass")]), cancellation: GavelApp.Cancellation);
        using var stranger = await ConnectAsync();
        using var narrow = await ConnectAsync(reader);

        Assert.Equal("There is no submission or run with this id.", await AskAsync(stranger, $$"""{"type":"subscribe","id":"{{run.Id}}"}"""));
        Assert.Equal("There is no submission or run with this id.", await AskAsync(stranger, $$"""{"type":"cancel","id":"{{run.Id}}"}"""));
        Assert.Equal("'id' is missing.", await AskAsync(stranger, """{"type":"subscribe"}"""));
        Assert.StartsWith("'type' is one of", await AskAsync(stranger, $$"""{"type":"dance","id":"{{run.Id}}"}"""), StringComparison.Ordinal);
        Assert.StartsWith("This is not a message", await AskAsync(stranger, """{"type":"subscribe","colour":1}"""), StringComparison.Ordinal);
        Assert.StartsWith("No program", await AskAsync(stranger, $$"""{"type":"stdin","id":"{{run.Id}}","data":"x"}"""), StringComparison.Ordinal);
        Assert.Equal("The scopes of this key do not include runs.", await AskAsync(narrow, Run("pass")));
        Assert.Contains("klingon", await AskAsync(stranger, """{"type":"run","run":{"language":"klingon","source":"x"}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_request_is_told_to_come_as_a_socket_and_a_bad_key_is_refused()
    {
        Assert.Equal("malformed-request", (await app.Http().GetAnswerAsync("api/v1/live")).Kind);
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => ConnectAsync("gvl_nobody"));
    }

    private static async Task<string?> AskAsync(JsonClient client, string message)
    {
        await client.SendAsync(message);
        return (await UntilAsync(client, m => Type(m) == "error")).GetProperty("message").GetString();
    }

    private static async Task<JsonElement> UntilAsync(JsonClient client, Func<JsonElement, bool> wanted)
    {
        while (true)
        {
            if (await client.NextAsync() is var next && wanted(next))
                return next;
        }
    }
}

/// <summary>A server that judges nothing itself.</summary>
public sealed class LiveSocketWithoutJudgeTests(GavelApp app) : IClassFixture<GavelApp>
{
    [Fact]
    public async Task Talking_with_a_program_is_refused_with_the_reason()
    {
        using var client = await JsonClient.ConnectAsync(app.Address, "api/v1/live");
        await client.SendAsync("""{"type":"run","run":{"language":"python3","source":"pass"}}""");

        Assert.StartsWith("This server judges on other machines only", (await client.NextAsync()).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_does_not_outlive_its_key()
    {
        var admin = app.Http(GavelApp.AdminToken);
        var key = (await admin.PostJsonAsync("api/v1/keys", """{"name":"short-lived","roles":["contestant"]}""")).Json;
        using var client = await JsonClient.ConnectAsync(app.Address, "api/v1/live", key.GetProperty("secret").GetString());
        await client.SendAsync($$"""{"type":"subscribe","id":"{{Guid.NewGuid()}}"}""");
        var alive = await client.NextAsync();
        await admin.SendAsync(HttpMethod.Delete, $"api/v1/keys/{key.GetProperty("key").GetProperty("id").GetString()}", null);

        Assert.Equal("error", alive.GetProperty("type").GetString());
        Assert.Equal((1008, "The key or account does not hold any more."), await client.ClosedAsync());
    }
}
