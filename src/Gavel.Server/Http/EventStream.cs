using System.Buffers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace Gavel.Server.Http;

/// <summary>
/// Server-sent events from an async stream, with a comment whenever it has been silent for a while so that proxies keep the connection.
/// (The framework's own result cannot send comments.) A client that does not read stops the stream by back pressure; nothing is buffered for it.
/// </summary>
internal sealed class EventStream<T>(IAsyncEnumerable<SseItem<T>> items, TimeSpan keepAlive) : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
{
    public int? StatusCode => StatusCodes.Status200OK;

    public string ContentType => "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var cancellation = httpContext.RequestAborted;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await response.WriteAsync(": gavel\n\n", cancellation);
            await response.Body.FlushAsync(cancellation);
            await using var source = items.GetAsyncEnumerator(cancellation);
            var buffer = new ArrayBufferWriter<byte>();
            while (true)
            {
                var next = source.MoveNextAsync().AsTask();
                while (!next.IsCompleted)
                {
                    using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                    if (await Task.WhenAny(next, Task.Delay(keepAlive, silence.Token)) == next)
                    {
                        await silence.CancelAsync();
                        break;
                    }

                    if (cancellation.IsCancellationRequested)
                        break;
                    await response.WriteAsync(": keep-alive\n\n", cancellation);
                    await response.Body.FlushAsync(cancellation);
                }

                if (!await next)
                    return;

                buffer.ResetWrittenCount();
                Write(buffer, source.Current);
                await response.Body.WriteAsync(buffer.WrittenMemory, cancellation);
                await response.Body.FlushAsync(cancellation);
            }
        }
        catch (Exception e) when (cancellation.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The client went away: that is how streams end.
        }
    }

    private static void Write(ArrayBufferWriter<byte> buffer, SseItem<T> item)
    {
        var text = Encoding.UTF8;
        if (item.EventId is { } id)
            text.GetBytes($"id: {id}\n".AsSpan(), buffer);
        text.GetBytes($"event: {item.EventType}\ndata: ".AsSpan(), buffer);
        using (var json = new Utf8JsonWriter(buffer))
            JsonSerializer.Serialize(json, item.Data, ApiJson.Options);
        text.GetBytes("\n\n".AsSpan(), buffer);
    }
}
