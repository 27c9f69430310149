using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gavel.Server.Tests;

/// <summary>What a receiver got.</summary>
internal sealed record ReceivedHook(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body, int Answered)
{
    public string Id => Headers["webhook-id"];

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>Checks the signature as a receiver would: by the specification, without any code of the sender's.</summary>
    public bool IsSignedWith(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}.{Body}")));
        return Headers["webhook-signature"].Split(' ').Contains(expected);
    }
}

/// <summary>A real HTTP server that gets webhooks, and can be down.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedHook> _received = new();
    private WebApplication? _app;
    private int _port;

    /// <summary>What to answer; 200 unless a test says otherwise.</summary>
    public Func<HttpContext, int> Answer { get; set; } = _ => StatusCodes.Status200OK;

    public string Url => $"http://127.0.0.1:{_port}/hook";

    /// <summary>Everything that arrived, in order.</summary>
    public IReadOnlyList<ReceivedHook> Received => [.. _received];

    /// <summary>What was answered with 2xx, in order.</summary>
    public IReadOnlyList<ReceivedHook> Taken => [.. _received.Where(r => r.Answered is >= 200 and < 300)];

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver.UpAsync();
        return receiver;
    }

    public async Task UpAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{_port}");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(ReceiveAsync);
        await _app.StartAsync();
        _port = new Uri(_app.Urls.First()).Port;
    }

    public async Task DownAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    public async Task<ReceivedHook> NextAsync(int index)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(GavelApp.Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (Received.Count <= index)
            await Task.Delay(20, patience.Token);
        return Received[index];
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await DownAsync();
    }

    private async Task ReceiveAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var status = Answer(http);
        _received.Enqueue(new ReceivedHook(
            http.Request.Method, http.Request.Path, http.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()), body, status));
        http.Response.StatusCode = status;
        if (status is >= 300 and < 400)
            http.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
        await http.Response.WriteAsync("noted");
    }
}
