using System.Buffers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Gavel.Server.Identity;

namespace Gavel.Server.Http;

/// <summary>
/// Server-sent events from an async stream, with a comment whenever it has been silent for a while so that proxies keep the connection.
/// (The framework's own result cannot send comments.) A client that does not read stops the stream by back pressure; nothing is buffered for it.
/// A stream does not outlive the key or the account that it was asked for with.
/// </summary>
internal sealed class EventStream<T>(IAsyncEnumerable<SseItem<T>> items, TimeSpan keepAlive) : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
{
    public int? StatusCode => StatusCodes.Status200OK;

    public string ContentType => "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted);
        var barred = BarAsync(httpContext, end);
        try
        {
            await WriteAsync(response, end.Token);
        }
        catch (Exception e) when (end.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The client went away, or may not stay: that is how streams end.
        }
        finally
        {
            await end.CancelAsync();
            await barred.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (barred.IsCompletedSuccessfully)
            await DismissAsync(httpContext);
    }

    /// <summary>Ends the stream once the key or account of the request does not hold any more. Cancelled when the stream ends by itself.</summary>
    private static async Task BarAsync(HttpContext http, CancellationTokenSource end)
    {
        await http.RequestServices.GetRequiredService<Standing>().UntilLostAsync(http, end.Token);
        await end.CancelAsync();
    }

    /// <summary>Says why, as a comment: clients that know no more events than before ask again, and learn it from the refusal.</summary>
    private static async Task DismissAsync(HttpContext http)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        patience.CancelAfter(Standing.Farewell);
        try
        {
            await http.Response.WriteAsync($"\n: {Standing.LostReason}\n\n", patience.Token);
            await http.Response.Body.FlushAsync(patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            http.Abort(); // it does not read
        }
    }

    private async Task WriteAsync(HttpResponse response, CancellationToken cancellation)
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
