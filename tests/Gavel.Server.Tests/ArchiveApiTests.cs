using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Gavel.Blobs;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Testing;
using Gavel.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Gavel.Server.Tests;

/// <summary>What callers see of a month that is archived: nothing. This month is, because it is long over by the clock of who archives it.</summary>
public sealed partial class ArchiveApiTests(ArchiveApiTests.App app) : IClassFixture<ArchiveApiTests.App>
{
    private static readonly DateOnly Month = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task Every_answer_about_an_archived_month_is_what_it_was_until_the_author_has_it_deleted()
    {
        await app.Client(GavelApp.AdminToken).PutProblemAsync("archived", PackageZip.Echo(), GavelApp.Cancellation);
        await using var worker = await app.WorkAsync(Judge);
        using var http = app.Http(GavelApp.AdminToken);
        var submission = await SubmitAsync(http);
        var run = (await http.PostJsonAsync("api/v1/runs", """{"language":"python","source":"cat","stdin":"out\tput\\ \u0001"}""")).Json.GetProperty("id").GetString()!;
        string[] paths =
        [
            $"api/v1/submissions/{submission}", $"api/v1/submissions/{submission}/source", $"api/v1/submissions/batch?ids={submission}", $"api/v1/submissions/{submission}/events",
            "api/v1/submissions?problem=archived", $"api/v1/runs/{run}", $"api/v1/runs/batch?ids={run}", "api/v1/runs", $"submissions/{submission}",
        ];
        await http.GetAnswerAsync($"api/v1/submissions/{submission}?wait=30");
        await http.GetAnswerAsync($"api/v1/runs/{run}?wait=30");
        var before = await ReadAsync(http, paths);

        await using var later = await app.OpenLaterAsync();
        var outcome = await later.Archive.ArchiveAsync(Month, GavelApp.Cancellation);
        var after = await ReadAsync(http, paths);
        var rejudged = await http.PostJsonAsync($"api/v1/submissions/{submission}/rejudge", "");
        var again = await http.GetAnswerAsync($"api/v1/submissions/{submission}?wait=30");

        Assert.IsType<ArchiveOutcome.Archived>(outcome);
        Assert.All(before, a => Assert.StartsWith("OK ", a, StringComparison.Ordinal));
        Assert.Contains("a secret thought", before[1], StringComparison.Ordinal);
        Assert.Contains("a secret thought", before[^1], StringComparison.Ordinal);
        Assert.Equal(before, after);
        Assert.True((int)rejudged.Status < 300, rejudged.Text);
        Assert.Equal("AC", again.Json.GetProperty("verdict").GetString());

        Assert.Contains(app.Blobs(), b => b.Contains(submission, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NoContent, (await http.SendAsync(HttpMethod.Delete, $"api/v1/submissions/{submission}", null)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await http.SendAsync(HttpMethod.Delete, $"api/v1/runs/{run}", null)).Status);
        await app.Ledger.Archive.UpkeepAsync(0, GavelApp.Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAnswerAsync(paths[1])).Status);
        Assert.DoesNotContain(app.Blobs(), b => b.Contains(submission, StringComparison.Ordinal) || b.Contains(run, StringComparison.Ordinal));
        await later.Archive.RestoreAsync(Month, GavelApp.Cancellation);
    }

    /// <summary>What differs from page to page whatever it shows.</summary>
    [GeneratedRegex("""(nonce="[^"]*"|__RequestVerificationToken" value="[^"]*")""")]
    private static partial Regex Once();

    private static async Task<string> SubmitAsync(HttpClient http) =>
        (await http.PostJsonAsync("api/v1/submissions", """{"problem":"archived","language":"python","source":"a secret thought"}""")).Json.GetProperty("id").GetString()!;

    private static async Task<IReadOnlyList<string>> ReadAsync(HttpClient http, IEnumerable<string> paths)
    {
        var answers = new List<string>();
        foreach (var path in paths)
        {
            var answer = await http.GetAnswerAsync(path);
            answers.Add($"{answer.Status} {path} {Once().Replace(answer.Text, "")}");
        }

        return answers;
    }

    private static async Task<JobOutcome> Judge(JudgeJob job, IProgress<JudgingProgress> progress, CancellationToken cancellation) => job.Work is JudgeWork.Run
        ? await ScriptedRuns.ExecuteAsync(job, progress, cancellation)
        : new JobOutcome.Judged(new JudgingResult(Verdict.Accepted, [new TestcaseResult(1, "sample/1", Verdict.Accepted, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(6), Bytes.FromMebibytes(3))]));

    public sealed class App : GavelApp
    {
        /// <summary>The same database and blob store, three months on.</summary>
        public Task<PostgresLedger> OpenLaterAsync() => OpenLedgerAsync(
            new LedgerOptions { Blobs = Services.GetRequiredService<IBlobStore>(), SweepInterval = TimeSpan.Zero }, new ManualTimeProvider(TimeProvider.System.GetUtcNow().AddMonths(3)));

        /// <summary>The text of all blobs of archives.</summary>
        internal IReadOnlyList<string> Blobs()
        {
            var texts = new List<string>();
            foreach (var file in Directory.EnumerateFiles(Path.Combine(DataFolder, "blobs"), "*", SearchOption.AllDirectories))
            {
                var bytes = File.ReadAllBytes(file);
                if (bytes is not [0x1f, 0x8b, ..])
                    continue; // a package

                using var text = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress), Encoding.UTF8);
                texts.Add(text.ReadToEnd());
            }

            return texts;
        }
    }
}
