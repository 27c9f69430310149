using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Gavel.Server.Tests;

/// <summary>A WebSocket client that speaks JSON and is not patient for ever.</summary>
internal sealed class JsonClient : IDisposable
{
    private static readonly string[] s_shown = ["type", "stage", "stream", "code", "signal"];

    private readonly ClientWebSocket _socket = new();

    public static Uri Address(Uri server, string path) => new UriBuilder(new Uri(server, path)) { Scheme = "ws" }.Uri;

    public static async Task<JsonClient> ConnectAsync(Uri server, string path, string? key = null)
    {
        var client = new JsonClient();
        if (key is not null)
            client._socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        await client._socket.ConnectAsync(Address(server, path), GavelApp.Cancellation);
        return client;
    }

    public Task SendAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, GavelApp.Cancellation);

    /// <summary>The next message; fails when there is none.</summary>
    public async Task<JsonElement> NextAsync() => await TryNextAsync() ?? throw new InvalidOperationException($"Closed with {_socket.CloseStatus}: {_socket.CloseStatusDescription}.");

    /// <summary>The next message; null when the server has closed.</summary>
    public async Task<JsonElement?> TryNextAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(GavelApp.Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        var buffer = new byte[4096];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, patience.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return JsonElement.Parse(message.ToArray());
        }
    }

    /// <summary>Reads data of a stream until it is the text that is expected, or has become as long.</summary>
    public async Task<string> TextAsync(string stream, string expected)
    {
        var text = "";
        while (text.Length < expected.Length)
        {
            var next = await NextAsync();
            if (next.TryGetProperty("stream", out var from) && from.GetString() == stream || next.GetProperty("type").GetString() == stream)
                text += next.GetProperty("data").GetString();
        }

        return text;
    }

    /// <summary>What is told until the end: the kinds, data of one stream in a row once.</summary>
    public async Task<IReadOnlyList<string>> UntilClosedAsync()
    {
        var told = new List<string>();
        while (await TryNextAsync() is { } next)
        {
            var text = string.Join(' ', s_shown
                .Select(name => next.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : "").Where(t => t.Length > 0));
            if (told.LastOrDefault() != text)
                told.Add(text);
        }

        return told;
    }

    /// <summary>Waits for the end and tells its code and reason.</summary>
    public async Task<(int Code, string? Reason)> ClosedAsync()
    {
        while (await TryNextAsync() is not null)
        {
        }

        return ((int)_socket.CloseStatus!, _socket.CloseStatusDescription);
    }

    public void Dispose() => _socket.Dispose();
}
