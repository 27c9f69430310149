using System.Net;
using System.Net.Sockets;
using System.Text;
using Gavel.Server.Limits;
using Microsoft.Extensions.DependencyInjection;

namespace Gavel.Server.Tests;

/// <summary>How many live connections a caller may have open, and how long they last: two at a time here, and nothing is judged, so streams stay open.</summary>
public sealed class LiveLimitTests(LiveLimitTests.App app) : IClassFixture<LiveLimitTests.App>
{
    public sealed class App : GavelApp
    {
        protected override void Configure(ServerOptions options) => options.Limits.LiveConnections = 2;
    }

    private const string Farewell = "\n: The key or account does not hold any more.\n\n";
    private const string Run = """{"language":"python","source":"cat"}""";

    private async Task<string> EventsOfRunAsync(string? key = null) =>
        $"api/v1/runs/{(await app.Http(key).PostJsonAsync("api/v1/runs", Run)).Json.GetProperty("id").GetString()}/events";

    private async Task<HttpResponseMessage> OpenAsync(string path, string? key = null)
    {
        var answer = await app.Http(key).GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, GavelApp.Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }

    /// <summary>What a WebSocket's handshake is answered, once that says what is expected.</summary>
    private async Task<string> KnockAsync(string path, string expected)
    {
        var (socket, answer) = await RawAsync(Handshake(path), expected);
        socket.Dispose();
        return answer;
    }

    private static string Handshake(string path) =>
        $"GET /{path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    /// <summary>The server hears of a closed connection a moment later; until the test's own end it has time.</summary>
    private async Task AllGoneAsync()
    {
        while (app.Services.GetRequiredService<LiveConnections>().Callers > 0)
            await Task.Delay(20, GavelApp.Cancellation);
    }

    [Fact]
    public async Task One_more_is_refused_before_it_is_upgraded_whatever_its_kind_and_others_are_not_concerned()
    {
        var events = await EventsOfRunAsync();
        using (await OpenAsync(events))
        using (await JsonClient.ConnectAsync(app.Address, "api/v1/live"))
        {
            var refused = await app.Http().GetAnswerAsync(events);
            var sockets = new[] { await KnockAsync("api/v1/live", "quota-exhausted"), await KnockAsync("api/v2/piston/connect", "quota-exhausted") };
            using var operators = await OpenAsync(events, GavelApp.AdminToken);

            Assert.Equal((HttpStatusCode.TooManyRequests, "quota-exhausted", TimeSpan.FromSeconds(10)), (refused.Status, refused.Kind, refused.Message.Headers.RetryAfter!.Delta));
            Assert.Equal(2, refused.Json.GetProperty("limit").GetInt32());
            Assert.All(sockets, answer =>
            {
                Assert.StartsWith("HTTP/1.1 429 ", answer, StringComparison.Ordinal);
                Assert.Contains("\r\nRetry-After: 10\r\n", answer, StringComparison.Ordinal);
                Assert.Contains("\r\nContent-Type: application/problem+json", answer, StringComparison.Ordinal);
            });
        }

        await AllGoneAsync();
    }

    [Fact]
    public async Task More_keys_of_one_account_make_no_more_places()
    {
        var admin = app.Http(GavelApp.AdminToken);
        var keys = new List<string>();
        for (var i = 0; i < 3; i++)
            keys.Add((await admin.PostJsonAsync("api/v1/keys", $$"""{"name":"k{{i}}","roles":["contestant"]}""")).Json.GetProperty("secret").GetString()!);
        var events = await EventsOfRunAsync(keys[0]);
        using (await OpenAsync(events, keys[0]))
        using (await OpenAsync(events, keys[1]))
            Assert.Equal(HttpStatusCode.TooManyRequests, (await app.Http(keys[2]).GetAnswerAsync(events)).Status);

        await AllGoneAsync();
    }

    [Fact]
    public async Task Closing_gives_the_place_back_also_when_the_client_vanishes_or_is_refused()
    {
        using var log = new ErrorLog(app.Services);
        var events = await EventsOfRunAsync();
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.NotFound, (await app.Http().GetAnswerAsync($"api/v1/runs/{Guid.NewGuid()}/events")).Status);

        for (var round = 0; round < 3; round++)
        {
            await AllGoneAsync();
            using var vanishing = (await RawAsync($"GET /{events} HTTP/1.1\r\nHost: x\r\n\r\n", "text/event-stream")).Socket;
            using var upgraded = (await RawAsync(Handshake("api/v1/live"), "101 Switching")).Socket;
            Assert.Equal(HttpStatusCode.TooManyRequests, (await app.Http().GetAnswerAsync(events)).Status);
        }

        await AllGoneAsync();
        using (await OpenAsync(events))
        using (await JsonClient.ConnectAsync(app.Address, "api/v1/live"))
            Assert.Equal(HttpStatusCode.TooManyRequests, (await app.Http().GetAnswerAsync(events)).Status);
        await AllGoneAsync();
        Assert.Empty(log.Errors); // or any stranger fills the log
    }

    /// <summary>A client that breaks off without a word (a reset, no closing handshake) when it is disposed.</summary>
    private async Task<(Socket Socket, string Answer)> RawAsync(string request, string expected)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
        await socket.ConnectAsync(IPAddress.Loopback, app.Address.Port, GavelApp.Cancellation);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), GavelApp.Cancellation);
        var buffer = new byte[4096];
        var answer = "";
        while (!answer.Contains(expected, StringComparison.Ordinal))
            answer += Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, GavelApp.Cancellation) is > 0 and var read ? read : throw new InvalidOperationException(answer));
        return (socket, answer);
    }

    [Fact]
    public async Task An_event_stream_does_not_outlive_its_key()
    {
        var admin = app.Http(GavelApp.AdminToken);
        var key = (await admin.PostJsonAsync("api/v1/keys", """{"name":"short-lived","roles":["contestant"]}""")).Json;

        var rest = await AfterAsync(
            app.Http(key.GetProperty("secret").GetString()), () => admin.SendAsync(HttpMethod.Delete, $"api/v1/keys/{key.GetProperty("key").GetProperty("id").GetString()}", null));

        Assert.EndsWith(Farewell, rest, StringComparison.Ordinal);
        Assert.DoesNotContain("verdict", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_stream_does_not_outlive_its_session()
    {
        var admin = app.Http(GavelApp.AdminToken);
        var user = (await admin.PostJsonAsync("api/v1/users", """{"name":"leaver","password":"long enough password"}""")).Json.GetProperty("id").GetString();
        var session = app.Http();
        await session.PostJsonAsync("api/v1/session", """{"name":"leaver","password":"long enough password"}""");

        var rest = await AfterAsync(session, () => admin.SendAsync(HttpMethod.Patch, $"api/v1/users/{user}", """{"disabled":true}"""));

        Assert.EndsWith(Farewell, rest, StringComparison.Ordinal);
    }

    /// <summary>What an event stream says after something was done.</summary>
    private async Task<string> AfterAsync(HttpClient client, Func<Task<ApiAnswer>> act)
    {
        var run = (await client.PostJsonAsync("api/v1/runs", Run)).Json.GetProperty("id").GetString();
        await using var stream = await client.GetStreamAsync(new Uri($"api/v1/runs/{run}/events", UriKind.Relative), GavelApp.Cancellation);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(GavelApp.Cancellation) is { } line && !line.StartsWith("event: status", StringComparison.Ordinal))
        {
        }

        Assert.True((await act()).Message.IsSuccessStatusCode);
        var rest = await reader.ReadToEndAsync(GavelApp.Cancellation);
        await AllGoneAsync();
        return rest;
    }
}
