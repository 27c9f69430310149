using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Gavel.Client;

namespace Gavel.Bench;

/// <summary>How many watch how many runs.</summary>
public sealed record LiveBenchOptions
{
    /// <summary>The server that is measured. It must judge C.</summary>
    public required Uri Server { get; init; }

    /// <summary>An API key or admin token; null where none is needed.</summary>
    public string? Key { get; init; }

    /// <summary>Clients on server-sent events; each follows its runs one after the other.</summary>
    public int EventClients { get; init; } = 1000;

    /// <summary>Clients on a WebSocket; each follows its runs at once.</summary>
    public int SocketClients { get; init; } = 1000;

    /// <summary>Runs that are judged meanwhile, shared among the clients in turn.</summary>
    public int Runs { get; init; } = 5000;
}

/// <summary>What the clients saw.</summary>
/// <param name="Clients">Clients that were connected.</param>
/// <param name="Runs">Runs that were judged.</param>
/// <param name="Seen">Final verdicts that arrived and were right: their own run's, exactly one.</param>
/// <param name="Wrong">Final verdicts that were another's, came twice or not at all.</param>
/// <param name="Seconds">From the first run's creation to the last verdict.</param>
/// <param name="Live">Verdicts that were recorded while their client already followed the run; the others were told as history.</param>
/// <param name="VerdictToClient">From the recording of such a verdict to its arrival at the client, in milliseconds, by the clock of one machine.</param>
public sealed record LiveFigures(int Clients, int Runs, int Seen, int Wrong, double Seconds, int Live, LatencyFigures VerdictToClient);

/// <summary>Many clients on live streams while runs are judged: does every client see its own final verdict, and how soon?</summary>
public static class LiveBench
{
    private const int BatchSize = 500;
    private const string Source = "#include <stdlib.h>\nint main(int n, char **a) { return n > 1 ? atoi(a[1]) : 0; }\n";

    /// <summary>Runs it to the end.</summary>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    /// <exception cref="GavelApiException">The server refused.</exception>
    public static async Task<LiveFigures> RunAsync(LiveBenchOptions options, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue };
        using var http = new HttpClient(handler) { BaseAddress = options.Server, Timeout = Timeout.InfiniteTimeSpan };
        using var client = new GavelClient(http, options.Key);
        await client.RunAsync(NewRun(0), TimeSpan.FromSeconds(60), cancellation); // compiled before anybody waits

        var started = time.GetTimestamp();
        var watched = await CreateAsync(client, options, cancellation);
        var clients = options.EventClients + options.SocketClients;
        var shares = watched.Select((run, i) => (run, i)).GroupBy(x => x.i % clients, x => x.run).OrderBy(g => g.Key).Select(g => g.ToList()).ToList();
        await Task.WhenAll(shares.Select((share, i) => i % clients < options.EventClients
            ? FollowEventsAsync(http, share, time, cancellation)
            : FollowSocketAsync(options, share, time, cancellation)));
        var seconds = time.GetElapsedTime(started).TotalSeconds;

        var right = watched.Where(w => w.Verdicts.Count == 1 && w.Verdicts.First().Verdict == w.Expected).ToList();
        var latencies = await LatenciesAsync(client, right, cancellation);
        return new(
            Math.Min(clients, watched.Count), watched.Count, right.Count, watched.Count - right.Count, seconds, latencies.Count, LatencyFigures.Of(latencies));
    }

    private static NewRun NewRun(int code) => new("c", [new SourceText("main.c", Source)]) { Args = [code.ToString(System.Globalization.CultureInfo.InvariantCulture)] };

    private static async Task<List<Watched>> CreateAsync(GavelClient client, LiveBenchOptions options, CancellationToken cancellation)
    {
        var watched = new List<Watched>();
        foreach (var chunk in Enumerable.Range(0, options.Runs).Chunk(BatchSize))
        {
            // Every third program fails: a client that is shown somebody else's verdict is likely to notice.
            var made = await client.RunBatchAsync([.. chunk.Select(i => NewRun(i % 3 == 0 ? 1 : 0))], cancellation);
            watched.AddRange(made.Select((run, i) => new Watched(run!.Id, chunk[i] % 3 == 0 ? "RTE" : "AC")));
        }

        return watched;
    }

    private static async Task FollowEventsAsync(HttpClient http, List<Watched> share, TimeProvider time, CancellationToken cancellation)
    {
        foreach (var run in share)
        {
            using var response = await http.GetAsync(new Uri($"api/v1/runs/{run.Id}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
            response.EnsureSuccessStatusCode();
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellation))
            {
                run.Follows(time);
                if (item.EventType == "verdict")
                    run.Saw(JsonElement.Parse(item.Data).GetProperty("verdict").GetString(), time);
            }
        }
    }

    private static async Task FollowSocketAsync(LiveBenchOptions options, List<Watched> share, TimeProvider time, CancellationToken cancellation)
    {
        using var socket = new ClientWebSocket();
        if (options.Key is not null)
            socket.Options.SetRequestHeader("Authorization", $"Bearer {options.Key}");
        var address = new UriBuilder(new Uri(options.Server, "api/v1/live")) { Scheme = options.Server.Scheme == "https" ? "wss" : "ws" }.Uri;
        await socket.ConnectAsync(address, cancellation);
        foreach (var run in share)
            await socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"type":"subscribe","id":"{{run.Id}}"}"""), WebSocketMessageType.Text, true, cancellation);

        var byId = share.ToDictionary(r => r.Id);
        var buffer = new byte[4096];
        for (var ended = 0; ended < share.Count;)
        {
            // Messages of runs are short: one never fills the buffer.
            var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            if (received.MessageType == WebSocketMessageType.Close)
                return;

            var message = JsonElement.Parse(buffer.AsSpan(0, received.Count));
            ended += message.GetProperty("type").GetString() == "ended" ? 1 : 0;
            if (!message.TryGetProperty("event", out var kind))
                continue;

            byId[message.GetProperty("id").GetGuid()].Follows(time);
            if (kind.GetString() == "verdict")
                byId[message.GetProperty("id").GetGuid()].Saw(message.GetProperty("data").GetProperty("verdict").GetString(), time);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
    }

    private static async Task<List<TimeSpan>> LatenciesAsync(GavelClient client, List<Watched> right, CancellationToken cancellation)
    {
        var latencies = new List<TimeSpan>();
        foreach (var chunk in right.Chunk(BatchSize))
        {
            var runs = await client.GetRunBatchAsync([.. chunk.Select(w => w.Id)], cancellation);
            latencies.AddRange(runs.Zip(chunk).Where(x => x.First!.CompletedAt > x.Second.Since).Select(x => x.Second.Verdicts.First().At - x.First!.CompletedAt!.Value));
        }

        return latencies;
    }

    /// <summary>A run and what its client was told.</summary>
    private sealed record Watched(Guid Id, string Expected)
    {
        public ConcurrentQueue<(string? Verdict, DateTimeOffset At)> Verdicts { get; } = new();

        /// <summary>When the client was told the first event.</summary>
        public DateTimeOffset Since { get; private set; } = DateTimeOffset.MaxValue;

        public void Follows(TimeProvider time)
        {
            if (Since == DateTimeOffset.MaxValue)
                Since = time.GetUtcNow();
        }

        public void Saw(string? verdict, TimeProvider time) => Verdicts.Enqueue((verdict, time.GetUtcNow()));
    }
}
