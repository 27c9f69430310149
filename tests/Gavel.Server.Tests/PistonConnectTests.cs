using System.Net;
using System.Net.WebSockets;
using System.Text.Json;

namespace Gavel.Server.Tests;

/// <summary>Piston's WebSocket, over real programs in the real sandbox.</summary>
public sealed class PistonConnectTests(JudgeApp app) : IClassFixture<JudgeApp>
{
    private static string Init(string source, string language = "python") =>
        $$"""{"type":"init","language":"{{language}}","version":"*","files":[{"content":{{JsonSerializer.Serialize(source)}}}]}""";

    private Task<JsonClient> ConnectAsync(string path = "api/v2/piston/connect") => JsonClient.ConnectAsync(app.Address, path);

    [Fact]
    public async Task A_conversation_goes_back_and_forth_and_ends_with_the_exit()
    {
        using var client = await ConnectAsync();
        await client.SendAsync(Init("while True:\n  line = input('? ')\n  if line == 'end': break\n  print('got ' + line, flush=True)\nraise SystemExit(3)"));

        var runtime = await client.NextAsync();
        var stage = await client.NextAsync();
        var prompt = await client.TextAsync("stdout", "? ");
        await client.SendAsync("""{"type":"data","stream":"stdin","data":"höllo\n"}""");
        var answer = await client.TextAsync("stdout", "got höllo\n? ");
        await client.SendAsync("""{"type":"data","stream":"stdin","data":"end\n"}""");
        var exit = await client.NextAsync();

        Assert.Equal(("runtime", "python"), (runtime.GetProperty("type").GetString(), runtime.GetProperty("language").GetString()));
        Assert.Matches(@"^\d+\.\d+\.\d+$", runtime.GetProperty("version").GetString());
        Assert.Equal("""{"type":"stage","stage":"run"}""", stage.GetRawText());
        Assert.Equal(("? ", "got höllo\n? "), (prompt, answer));
        Assert.Equal("""{"type":"exit","stage":"run","code":3,"signal":null}""", exit.GetRawText());
        Assert.Equal((4999, "Job Completed"), await client.ClosedAsync());
    }

    [Fact]
    public async Task A_compiled_language_has_a_compile_stage_and_a_broken_source_ends_there()
    {
        using var good = await ConnectAsync("api/v2/connect");
        await good.SendAsync(Init("int main() { return 0; }", "c"));
        var told = await good.UntilClosedAsync();
        using var bad = await ConnectAsync();
        await bad.SendAsync(Init("int main() { return }", "c"));
        var refused = await bad.UntilClosedAsync();

        Assert.Equal(["runtime", "stage compile", "exit compile 0", "stage run", "exit run 0"], told);
        Assert.Equal(["runtime", "stage compile", "data stderr", "exit compile 1"], refused);
    }

    [Fact]
    public async Task A_signal_ends_the_program()
    {
        using var client = await ConnectAsync();
        await client.SendAsync(Init("print('up', flush=True)\nwhile True: pass"));
        await client.TextAsync("stdout", "up\n");
        await client.SendAsync("""{"type":"signal","signal":"SIGTERM"}""");

        Assert.Equal("""{"type":"exit","stage":"run","code":null,"signal":"SIGTERM"}""", (await client.NextAsync()).GetRawText());
        Assert.Equal(4999, (await client.ClosedAsync()).Code);
    }

    [Fact]
    public async Task A_program_that_floods_or_waits_too_long_is_stopped()
    {
        using var flood = await ConnectAsync();
        await flood.SendAsync(Init("while True: print('x' * 1000)"));
        var flooded = await flood.UntilClosedAsync();
        using var idle = await ConnectAsync();
        await idle.SendAsync(Init("input()"));
        var waited = await idle.UntilClosedAsync();

        Assert.Equal("exit run SIGKILL", flooded[^1]);
        Assert.Equal("exit run SIGKILL", waited[^1]);
    }

    [Theory]
    [InlineData(4003, "Not yet initialized", """{"type":"data","stream":"stdin","data":"x"}""")]
    [InlineData(4003, "Not yet initialized", """{"type":"signal","signal":"SIGTERM"}""")]
    [InlineData(4002, "Notified Error", """{"type":"init"}""")]
    [InlineData(4002, "Notified Error", "no JSON")]
    public async Task Misuse_before_the_start_closes_with_its_code(int code, string reason, string message)
    {
        using var client = await ConnectAsync();
        await client.SendAsync(message);
        if (code == 4002)
            Assert.Equal("error", (await client.NextAsync()).GetProperty("type").GetString());

        Assert.Equal((code, reason), await client.ClosedAsync());
    }

    [Theory]
    [InlineData(4000, "Already Initialized", """{"type":"init"}""")]
    [InlineData(4004, "Can only write to stdin", """{"type":"data","stream":"stdout","data":"x"}""")]
    [InlineData(4005, "Invalid signal", """{"type":"signal","signal":"SIGNONE"}""")]
    public async Task Misuse_while_it_runs_closes_with_its_code(int code, string reason, string message)
    {
        using var client = await ConnectAsync();
        await client.SendAsync(Init("print('up', flush=True)\ninput()"));
        await client.TextAsync("stdout", "up\n");
        await client.SendAsync(message);

        Assert.Equal((code, reason), await client.ClosedAsync());
    }

    [Fact]
    public async Task Who_does_not_say_init_is_shown_the_door_after_a_second()
    {
        using var client = await ConnectAsync();

        Assert.Equal((4001, "Initialization Timeout"), await client.ClosedAsync());
    }

    [Fact]
    public async Task A_refused_init_says_why_in_the_words_of_execute()
    {
        using var client = await ConnectAsync();
        await client.SendAsync("""{"type":"init","language":"klingon","version":"1","files":[{"content":"x"}]}""");

        Assert.Equal("""{"type":"error","message":"klingon-1 runtime is unknown"}""", (await client.NextAsync()).GetRawText());
    }

    [Fact]
    public async Task One_client_has_so_many_conversations_and_no_more()
    {
        var clients = new List<JsonClient>();
        for (var i = 0; i < 8; i++)
            clients.Add(await ConnectAsync());
        using var ninth = await ConnectAsync();
        await ninth.SendAsync(Init("pass"));
        var refusal = await ninth.NextAsync();
        clients.ForEach(c => c.Dispose());

        Assert.Equal("error", refusal.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_plain_request_finds_nothing_there() =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.Http().GetAsync(new Uri("api/v2/connect", UriKind.Relative), GavelApp.Cancellation)).StatusCode);

    [Fact]
    public async Task Another_sites_page_cannot_use_a_visitors_session()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://evil.example");
        socket.Options.SetRequestHeader("Cookie", "gavel.session=anything");

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(JsonClient.Address(app.Address, "api/v2/connect"), GavelApp.Cancellation));

        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }
}
