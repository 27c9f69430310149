using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gavel.Client;

/// <summary>A client of one Gavel server. Safe for concurrent use. Refusals are <see cref="GavelApiException"/>.</summary>
public sealed class GavelClient : IDisposable
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly HttpClient _http;
    private readonly bool _owned;

    /// <summary>A client of the server at an address.</summary>
    /// <param name="server">For example <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="key">An API key or the admin token; null where none is needed.</param>
    public GavelClient(Uri server, string? key = null)
        : this(new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan }, key) => _owned = true;

    /// <summary>A client over an <see cref="HttpClient"/> whose base address is set; it stays the caller's to dispose.</summary>
    public GavelClient(HttpClient http, string? key = null)
    {
        _http = http;
        if (key is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Hands in a solution. When this returns it is stored for good.</summary>
    /// <exception cref="GavelApiException">The server refused; the message says why.</exception>
    public Task<Submission> SubmitAsync(NewSubmission submission, CancellationToken cancellation = default) =>
        SendAsync<Submission>(HttpMethod.Post, "api/v1/submissions", submission, cancellation);

    /// <summary>Reads a submission; waits up to <paramref name="wait"/> (at most a minute) for its verdict.</summary>
    /// <exception cref="GavelApiException">The server refused; the message says why.</exception>
    public Task<Submission> GetSubmissionAsync(Guid id, TimeSpan wait = default, CancellationToken cancellation = default) =>
        SendAsync<Submission>(HttpMethod.Get, $"api/v1/submissions/{id}{Wait(wait)}", null, cancellation);

    /// <summary>Lists the key's own submissions, newest first.</summary>
    /// <exception cref="GavelApiException">The server refused; the message says why.</exception>
    public Task<Page<Submission>> ListSubmissionsAsync(string? problem = null, Guid? before = null, int limit = 20, CancellationToken cancellation = default) =>
        SendAsync<Page<Submission>>(
            HttpMethod.Get, Query("api/v1/submissions", ("problem", problem), ("before", before?.ToString()), ("limit", limit.ToString(CultureInfo.InvariantCulture))), null, cancellation);

    /// <summary>Follows a submission live until its verdict. A broken connection is taken up again where it broke.</summary>
    /// <exception cref="GavelApiException">The server refused; the message says why.</exception>
    public IAsyncEnumerable<LiveEvent> WatchSubmissionAsync(Guid id, CancellationToken cancellation = default) =>
        WatchAsync($"api/v1/submissions/{id}/events", cancellation);

    /// <summary>Executes a program; waits up to <paramref name="wait"/> (at most a minute) for the outcome.</summary>
    /// <exception cref="GavelApiException">The server refused; the message says why.</exception>
    public Task<Run> RunAsync(NewRun run, TimeSpan wait = default, CancellationToken cancellation = default) =>
        SendAsync<Run>(HttpMethod.Post, $"api/v1/runs{Wait(wait)}", run, cancellation);

    /// <summary>Executes up to 1,000 programs with one request: each is accepted or refused on its own.</summary>
    /// <returns>In order; null where one was refused.</returns>
    /// <exception cref="GavelApiException">The server refused all of them; the message says why.</exception>
    public async Task<IReadOnlyList<Run?>> RunBatchAsync(IReadOnlyList<NewRun> runs, CancellationToken cancellation = default) =>
        [.. (await SendAsync<RunItems>(HttpMethod.Post, "api/v1/runs/batch", new { Runs = runs }, cancellation)).Items.Select(i => i.Run)];

    /// <summary>Reads up to 1,000 runs.</summary>
    /// <returns>In order; null where there is none that the key may read.</returns>
    /// <exception cref="GavelApiException">The server refused; the message says why.</exception>
    public async Task<IReadOnlyList<Run?>> GetRunBatchAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation = default) =>
        [.. (await SendAsync<RunItems>(HttpMethod.Get, $"api/v1/runs/batch?ids={string.Join(',', ids)}", null, cancellation)).Items.Select(i => i.Run)];

    /// <summary>Hands in up to 1,000 solutions with one request: each is accepted or refused on its own.</summary>
    /// <returns>In order; null where one was refused.</returns>
    /// <exception cref="GavelApiException">The server refused all of them; the message says why.</exception>
    public async Task<IReadOnlyList<Submission?>> SubmitBatchAsync(IReadOnlyList<NewSubmission> submissions, CancellationToken cancellation = default) =>
        [.. (await SendAsync<SubmissionItems>(HttpMethod.Post, "api/v1/submissions/batch", new { Submissions = submissions }, cancellation)).Items.Select(i => i.Submission)];

    /// <summary>Reads a run; waits up to <paramref name="wait"/> (at most a minute) for its outcome.</summary>
    /// <exception cref="GavelApiException">The server refused; the message says why.</exception>
    public Task<Run> GetRunAsync(Guid id, TimeSpan wait = default, CancellationToken cancellation = default) =>
        SendAsync<Run>(HttpMethod.Get, $"api/v1/runs/{id}{Wait(wait)}", null, cancellation);

    /// <summary>Follows a run live until it is done.</summary>
    /// <exception cref="GavelApiException">The server refused; the message says why.</exception>
    public IAsyncEnumerable<LiveEvent> WatchRunAsync(Guid id, CancellationToken cancellation = default) =>
        WatchAsync($"api/v1/runs/{id}/events", cancellation);

    /// <summary>Lists problems by slug.</summary>
    /// <exception cref="GavelApiException">The server refused; the message says why.</exception>
    public Task<ProblemPage> ListProblemsAsync(string? after = null, int limit = 50, CancellationToken cancellation = default) =>
        SendAsync<ProblemPage>(HttpMethod.Get, Query("api/v1/problems", ("after", after), ("limit", limit.ToString(CultureInfo.InvariantCulture))), null, cancellation);

    /// <summary>Reads a problem.</summary>
    /// <exception cref="GavelApiException">The server refused; the message says why.</exception>
    public Task<ProblemDetails> GetProblemAsync(string slug, CancellationToken cancellation = default) =>
        SendAsync<ProblemDetails>(HttpMethod.Get, $"api/v1/problems/{Uri.EscapeDataString(slug)}", null, cancellation);

    /// <summary>Uploads a problem package, a zip, as the current version of a problem. Needs a setter's or an admin's key.</summary>
    /// <exception cref="GavelApiException">The server refused; the message says why.</exception>
    public async Task<StoredProblem> PutProblemAsync(string slug, Stream zip, CancellationToken cancellation = default)
    {
        using var content = new StreamContent(zip);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        using var response = await _http.PutAsync(new Uri($"api/v1/problems/{Uri.EscapeDataString(slug)}", UriKind.Relative), content, cancellation);
        return await ReadAsync<StoredProblem>(response, cancellation);
    }

    /// <summary>Lists the workers of the fleet. Needs an admin's key.</summary>
    /// <exception cref="GavelApiException">The server refused; the message says why.</exception>
    public async Task<IReadOnlyList<WorkerInfo>> ListWorkersAsync(CancellationToken cancellation = default) =>
        (await SendAsync<WorkerList>(HttpMethod.Get, "api/v1/workers", null, cancellation)).Items;

    /// <summary>Says what is wanted of a worker: <c>work</c>, <c>pause</c> or <c>leave</c>. Needs an admin's key.</summary>
    /// <exception cref="GavelApiException">The server refused; the message says why.</exception>
    public async Task OrderWorkerAsync(string name, string order, CancellationToken cancellation = default)
    {
        using var response = await _http.PutAsJsonAsync(new Uri($"api/v1/workers/{Uri.EscapeDataString(name)}/order", UriKind.Relative), new { order }, s_json, cancellation);
        await ThrowIfRefusedAsync(response, cancellation);
    }

    /// <summary>Lists the languages of the server.</summary>
    /// <exception cref="GavelApiException">The server refused; the message says why.</exception>
    public async Task<IReadOnlyList<LanguageInfo>> ListLanguagesAsync(CancellationToken cancellation = default) =>
        (await SendAsync<LanguageList>(HttpMethod.Get, "api/v1/languages", null, cancellation)).Items;

    /// <inheritdoc />
    public void Dispose()
    {
        if (_owned)
            _http.Dispose();
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: s_json);
        using var response = await _http.SendAsync(request, cancellation);
        return await ReadAsync<T>(response, cancellation);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        await ThrowIfRefusedAsync(response, cancellation);
        return await response.Content.ReadFromJsonAsync<T>(s_json, cancellation) ?? throw new GavelApiException(response.StatusCode, null, "The answer was empty.");
    }

    private static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
            return;

        var text = await response.Content.ReadAsStringAsync(cancellation);
        throw GavelApiException.From(response.StatusCode, text);
    }

    private async IAsyncEnumerable<LiveEvent> WatchAsync(string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? lastId = null;
        for (var failures = 0; ;)
        {
            var ended = false;
            await foreach (var live in ConnectAsync(path, lastId, cancellation))
            {
                (failures, lastId) = (0, live.Id);
                yield return live;
                ended |= live is LiveEvent.Verdict;
            }

            if (ended)
                yield break;

            // The server closed, or the connection broke, before the verdict: go on where it stopped.
            if (++failures > 10)
                throw new GavelApiException(HttpStatusCode.ServiceUnavailable, null, "The live stream broke too often.");
            await Task.Delay(TimeSpan.FromMilliseconds(100 * failures), cancellation);
        }
    }

    private async IAsyncEnumerable<LiveEvent> ConnectAsync(string path, string? lastId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException) when (lastId is not null)
        {
            yield break;
        }

        using (response)
        {
            await ThrowIfRefusedAsync(response, cancellation);
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            await using var items = SseParser.Create(stream).EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
            while (true)
            {
                try
                {
                    if (!await items.MoveNextAsync())
                        yield break;
                }
                catch (IOException)
                {
                    yield break;
                }

                if (LiveEvent.From(items.Current, s_json) is { } live)
                    yield return live;
            }
        }
    }

    private static string Wait(TimeSpan wait) =>
        wait > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"?wait={Math.Min(60, wait.TotalSeconds):0.###}") : "";

    private static string Query(string path, params (string Name, string? Value)[] parameters) =>
        path + "?" + string.Join('&', parameters.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));

    private sealed record RunItems(IReadOnlyList<RunItem> Items);

    private sealed record RunItem(Run? Run);

    private sealed record SubmissionItems(IReadOnlyList<SubmissionItem> Items);

    private sealed record SubmissionItem(Submission? Submission);

    private sealed record LanguageList(IReadOnlyList<LanguageInfo> Items);
}
