using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Gavel.Client;
using Gavel.Testing;

namespace Gavel.EndToEnd.Tests.Installation;

/// <summary>`gavel up` on one machine, by its own processes.</summary>
public sealed class UpTests
{
    private const string Slug = "suitcase";
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public UpTests() => Prerequisite.Require(Environment.IsPrivilegedProcess, "root, for the sandbox");

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_everything_is_killed_and_started_again()
    {
        await using var gavel = new InstalledGavel(Slug);
        await gavel.UpAsync(Cancellation);
        await WaitForProblemAsync(gavel.Client);
        var handedIn = new ConcurrentDictionary<Guid, string>();
        var submitting = Enumerable.Range(0, 4).Select(i => SubmitUntilItIsGoneAsync(gavel.Client, i % 2 == 0 ? ("accepted/clerk.py", "AC") : ("wrong_answer/oneway.py", "WA"), handedIn)).ToList();
        while (handedIn.Count < 8)
            await Task.Delay(1, Cancellation);

        // In the middle of requests: four are under way at any time.
        await gavel.KillAsync(Cancellation);
        await Task.WhenAll(submitting);
        await gavel.UpAsync(Cancellation);

        foreach (var (id, expected) in handedIn)
            Assert.Equal(expected, (await DoneAsync(gavel.Client, id)).Verdict);
    }

    [Fact]
    public async Task PostgreSQL_killed_under_it_is_started_again_and_everything_is_judged()
    {
        await using var gavel = new InstalledGavel(Slug);
        await gavel.UpAsync(Cancellation);
        await WaitForProblemAsync(gavel.Client);
        var killed = gavel.Postmaster;
        var handedIn = new List<Submission> { await gavel.Client.SubmitAsync(Solution("accepted/clerk.py"), Cancellation) };

        await gavel.KillPostgresAsync(Cancellation);
        var refusals = new List<GavelApiException>();
        while (handedIn.Count < 3)
        {
            try
            {
                handedIn.Add(await gavel.Client.SubmitAsync(Solution("wrong_answer/oneway.py"), Cancellation));
            }
            catch (GavelApiException refused)
            {
                refusals.Add(refused);
                await Task.Delay(100, Cancellation);
            }
        }

        Assert.All(refusals, r => Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:gavel:problem:unavailable"), (r.Status, r.Type)));
        var verdicts = new List<string?>();
        foreach (var submission in handedIn)
            verdicts.Add((await DoneAsync(gavel.Client, submission.Id)).Verdict);
        Assert.Equal(["AC", "WA", "WA"], verdicts);
        Assert.NotEqual(killed, gavel.Postmaster);
    }

    [Theory]
    [InlineData(3 * 60)]
    [InlineData(-3 * 60)]
    [InlineData(100 * 24 * 60)] // beyond the months whose partitions are there
    public async Task A_clock_that_jumps_loses_nothing_and_judges_nothing_wrong(int minutes)
    {
        await using var gavel = new InstalledGavel(Slug);
        var clock = gavel.OwnClock();
        await gavel.UpAsync(Cancellation);
        await WaitForProblemAsync(gavel.Client);
        var before = new List<Submission>();
        for (var i = 0; i < 4; i++)
            before.Add(await gavel.Client.SubmitAsync(Solution(i % 2 == 0 ? "time_limit_exceeded/everyturn.c" : "accepted/clerk.py"), Cancellation));

        clock.Set(TimeSpan.FromMinutes(minutes));
        var after = new List<Submission>();
        for (var i = 0; i < 4; i++)
            after.Add(await gavel.Client.SubmitAsync(Solution(i % 2 == 0 ? "wrong_answer/oneway.py" : "accepted/clerk.py"), Cancellation));

        var verdicts = new List<string?>();
        foreach (var submission in before.Concat(after))
            verdicts.Add((await DoneAsync(gavel.Client, submission.Id)).Verdict);
        Assert.Equal(["TLE", "AC", "TLE", "AC", "WA", "AC", "WA", "AC"], verdicts);
        var jump = after[0].CreatedAt - before[0].CreatedAt;
        Assert.True(Math.Abs((jump - TimeSpan.FromMinutes(minutes)).TotalMinutes) < 60, $"The clock moved by {jump}.");
    }

    [Fact]
    public async Task The_command_line_and_the_server_give_the_same_verdicts()
    {
        await using var gavel = new InstalledGavel(Slug);
        await gavel.UpAsync(Cancellation);
        await WaitForProblemAsync(gavel.Client);

        foreach (var name in (string[])["accepted/clerk.cpp", "run_time_error/spaces.py", "time_limit_exceeded/everyturn.c", "wrong_answer/nowrap.c", "wrong_answer/onenumber.js"])
        {
            var submitted = await gavel.Client.SubmitAsync(Solution(name), Cancellation);
            var overHttp = await DoneAsync(gavel.Client, submitted.Id);
            var local = JsonDocument.Parse(await InstalledGavel.RunAsync(Cancellation, "judge", Path.Combine(Repository.Problems, Slug), SourceOf(name), "--json")).RootElement;

            Assert.Equal(local.GetProperty("verdict").GetString(), overHttp.Verdict);
            // With several slots the testcases after the first failure may have been run or not; those before it are always judged.
            var decided = overHttp.Testcases!.TakeWhile(t => t.Verdict == "AC").Count() + 1;
            Assert.Equal(
                local.GetProperty("testcases").EnumerateArray().Take(decided).Select(t => t.GetProperty("verdict").GetString()),
                overHttp.Testcases!.Take(decided).Select(t => (string?)t.Verdict));
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task SIGTERM_stops_it_and_its_PostgreSQL()
    {
        await using var gavel = new InstalledGavel(Slug);
        await gavel.UpAsync(Cancellation);
        var postmaster = gavel.Postmaster;

        var exitCode = await gavel.TerminateAsync(Cancellation);

        Assert.Equal(0, exitCode);
        // pg_ctl waits for the lock file to go, which is a moment before the process itself does.
        while (Directory.Exists($"/proc/{postmaster}"))
            await Task.Delay(20, Cancellation);
    }

    private static async Task SubmitUntilItIsGoneAsync(GavelClient client, (string Solution, string Verdict) what, ConcurrentDictionary<Guid, string> handedIn)
    {
        try
        {
            while (true)
                handedIn[(await client.SubmitAsync(Solution(what.Solution), Cancellation)).Id] = what.Verdict;
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or GavelApiException { Transient: true })
        {
            // Nobody said that this one is stored.
        }
    }

    private static string SourceOf(string name) => Path.Combine(Repository.Problems, Slug, "submissions", name);

    private static NewSubmission Solution(string name) => new(Slug, null, [SourceText.From(Path.GetFileName(name), File.ReadAllBytes(SourceOf(name)))]);

    private static async Task<Submission> DoneAsync(GavelClient client, Guid id)
    {
        while (true)
        {
            try
            {
                var submission = await client.GetSubmissionAsync(id, TimeSpan.FromSeconds(20), Cancellation);
                if (submission.Done)
                    return submission;
            }
            catch (GavelApiException away) when (away.Status == HttpStatusCode.ServiceUnavailable)
            {
                await Task.Delay(100, Cancellation);
            }
        }
    }

    // The server is ready before its sample problems are.
    private static async Task WaitForProblemAsync(GavelClient client)
    {
        while ((await client.ListProblemsAsync(cancellation: Cancellation)).Items.Count == 0)
            await Task.Delay(100, Cancellation);
    }
}
