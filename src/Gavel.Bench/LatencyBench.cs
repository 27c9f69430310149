using System.Collections.Concurrent;
using System.Globalization;
using Gavel.Client;

namespace Gavel.Bench;

/// <summary>What is handed in, and how.</summary>
public sealed record LatencyBenchOptions
{
    /// <summary>The server that is measured.</summary>
    public required Uri Server { get; init; }

    /// <summary>A key that may upload problems.</summary>
    public required string Key { get; init; }

    /// <summary>A language of <see cref="BenchProblem.Solutions"/>.</summary>
    public string Language { get; init; } = "python";

    /// <summary>Submissions that are measured.</summary>
    public int Submissions { get; init; } = 200;

    /// <summary>Submissions under way at a time. One measures an idle judge.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>Testcases of the problem.</summary>
    public int Testcases { get; init; } = 1;

    /// <summary>Ends it, however few submissions there were.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>What it took.</summary>
/// <param name="Language">Language id.</param>
/// <param name="Submissions">Submissions with a verdict.</param>
/// <param name="Wrong">Verdicts other than AC. Must be 0.</param>
/// <param name="Acknowledged">From sending a submission to its durable acknowledgement, in milliseconds, over HTTP.</param>
/// <param name="Verdict">From sending a submission to holding its verdict, in milliseconds, over HTTP.</param>
public sealed record LatencyReport(string Language, int Submissions, int Wrong, LatencyFigures Acknowledged, LatencyFigures Verdict);

/// <summary>From handing in to the verdict, as a client of the HTTP API sees it.</summary>
public static class LatencyBench
{
    private const string Slug = "bench-latency";

    /// <summary>Runs it to the end.</summary>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    /// <exception cref="GavelApiException">The server refused.</exception>
    public static async Task<LatencyReport> RunAsync(LatencyBenchOptions options, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var client = new GavelClient(options.Server, options.Key);
        using (var package = BenchProblem.Package("Latency", options.Testcases))
            await client.PutProblemAsync(Slug, package, cancellation);

        // Whatever is made once: packages fetched, compilers found, code compiled by the runtime.
        await MeasureAsync(client, options with { Submissions = Math.Max(10, options.Submissions / 10) }, time, cancellation);
        var measured = await MeasureAsync(client, options, time, cancellation);
        return new LatencyReport(
            options.Language, measured.Count, measured.Count(m => m.Verdict != "AC"), LatencyFigures.Of(measured.Select(m => m.Acknowledged)), LatencyFigures.Of(measured.Select(m => m.Judged)));
    }

    private static async Task<IReadOnlyCollection<Measured>> MeasureAsync(GavelClient client, LatencyBenchOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var solution = BenchProblem.Solutions[options.Language];
        var comment = options.Language == "python" ? "#" : "//";
        var measured = new ConcurrentBag<Measured>();
        var (start, next) = (time.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, options.Concurrency).Select(_ => SubmitAsync()));
        return measured;

        async Task SubmitAsync()
        {
            while (Interlocked.Increment(ref next) is var n && n <= options.Submissions && time.GetElapsedTime(start) < options.Longest)
            {
                // Each has a text of its own: what was compiled before is not this one.
                var text = string.Create(CultureInfo.InvariantCulture, $"{solution.Content}{comment} {start} {n}\n");
                var sent = time.GetTimestamp();
                var submission = await client.SubmitAsync(new NewSubmission(Slug, options.Language, [solution with { Content = text }]), cancellation);
                var acknowledged = time.GetElapsedTime(sent);
                while (!submission.Done)
                    submission = await client.GetSubmissionAsync(submission.Id, TimeSpan.FromSeconds(30), cancellation);
                measured.Add(new Measured(acknowledged, time.GetElapsedTime(sent), submission.Verdict));
            }
        }
    }

    private sealed record Measured(TimeSpan Acknowledged, TimeSpan Judged, string? Verdict);
}
