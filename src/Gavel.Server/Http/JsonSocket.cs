using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Gavel.Server.Http;

/// <summary>
/// JSON messages over a WebSocket. One writer at a time, and none waits longer than <see cref="SlowestSend"/>: a client that does not read is cut off instead
/// of being buffered for. Messages have a largest size.
/// </summary>
internal sealed class JsonSocket(WebSocket socket) : IDisposable
{
    /// <summary>How long a client may take to accept one message.</summary>
    public static readonly TimeSpan SlowestSend = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Whether messages can still be sent.</summary>
    public bool IsOpen => socket.State is WebSocketState.Open or WebSocketState.CloseReceived;

    /// <summary>Sends one message. Silent when the connection is gone.</summary>
    public Task SendAsync<T>(T message, CancellationToken cancellation) =>
        WriteAsync(token => socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, ApiJson.Options), WebSocketMessageType.Text, true, token), cancellation);

    /// <summary>Says goodbye; does not wait for the other side to say so, too.</summary>
    public Task CloseAsync(int code, string reason) =>
        WriteAsync(token => socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, token), CancellationToken.None);

    /// <summary>The next message; null when the client has gone. One that is longer than the limit ends the connection with code 1009.</summary>
    public async Task<string?> ReceiveAsync(int longest, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        var message = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
                if (part.MessageType == WebSocketMessageType.Close)
                    return null;
                if (message.WrittenCount + part.Count > longest)
                {
                    await CloseAsync((int)WebSocketCloseStatus.MessageTooBig, $"Messages have at most {longest} bytes.");
                    return null;
                }

                message.Write(buffer.AsSpan(0, part.Count));
                if (part.EndOfMessage)
                    return Encoding.UTF8.GetString(message.WrittenSpan);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose()
    {
        _writing.Dispose();
        socket.Dispose();
    }

    private async Task WriteAsync(Func<CancellationToken, Task> write, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(SlowestSend);
        try
        {
            await _writing.WaitAsync(patience.Token);
            try
            {
                if (IsOpen)
                    await write(patience.Token);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            socket.Abort();
        }
    }
}
