using System.Diagnostics;
using System.Text;

namespace Gavel.Server.Webhooks;

/// <summary>What a receiver answered.</summary>
/// <param name="Status">HTTP status; null when no answer came.</param>
/// <param name="Error">Why it does not count as taken; null when it does.</param>
/// <param name="RetryAfter">How long the receiver asked to be left alone.</param>
/// <param name="Response">How the answer began.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record WebhookAnswer(int? Status, string? Error, TimeSpan? RetryAfter, string? Response, TimeSpan Duration)
{
    public bool Taken => Status is >= 200 and < 300;
}

/// <summary>Sends one request to a receiver: checked address, no redirects, no proxy, no cookies, bounded time and answer.</summary>
internal sealed class WebhookSender(WebhookTarget target, TimeProvider time) : IDisposable
{
    private const int KeptOfAnswer = 1024, HeaderKilobytes = 16, DrainedOfAnswer = 16 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectCallback = target.ConnectAsync,
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = HeaderKilobytes,
        MaxResponseDrainSize = DrainedOfAnswer,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // each request has its own
    };

    public async Task<WebhookAnswer> SendAsync(HttpRequestMessage request, TimeSpan timeout, CancellationToken cancellation)
    {
        // Real time, whatever clock due times are told by: a socket knows no other.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var beginning = await BeginningAsync(response, limit.Token);
            var status = (int)response.StatusCode;
            var error = status is >= 200 and < 300 ? null : status is >= 300 and < 400 ? $"The receiver answered {status}; redirects are not followed." : $"The receiver answered {status}.";
            var wait = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - time.GetUtcNow() : null;
            return new WebhookAnswer(status, error, wait, beginning, Stopwatch.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Failed($"No answer within {timeout.TotalSeconds:0} s.");
        }
        catch (HttpRequestException failure)
        {
            return Failed(failure.InnerException is WebhookTargetException refused ? refused.Message : Explain(failure));
        }
        catch (IOException)
        {
            return Failed("The connection broke.");
        }

        WebhookAnswer Failed(string why) => new(null, why, null, null, Stopwatch.GetElapsedTime(started));
    }

    public void Dispose() => _http.Dispose();

    private static string Explain(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "The host's name could not be resolved.",
        HttpRequestError.ConnectionError => "The connection was refused or timed out.",
        HttpRequestError.SecureConnectionError => "TLS failed; is the certificate valid?",
        _ => "The answer was not HTTP that could be read.",
    };

    private static async Task<string?> BeginningAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var bytes = new byte[KeptOfAnswer];
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return length == 0 ? null : Encoding.UTF8.GetString(bytes, 0, length).Replace('\0', ' ');
    }
}
