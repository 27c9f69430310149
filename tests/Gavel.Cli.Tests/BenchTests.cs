using Gavel.Testing;

namespace Gavel.Cli.Tests;

/// <summary>The benches over real parts, small: that they count right, not how fast this machine is.</summary>
public sealed class BenchTests
{
    [Fact]
    public async Task Judging_counts_testcases_that_were_accepted_and_writes_a_page()
    {
        Prerequisite.Require(Environment.IsPrivilegedProcess, "root, for the sandbox");
        var page = Path.GetTempFileName();
        try
        {
            var result = await CommandLine.RunAsync("bench", "judging", "--seconds", "1", "--testcases", "5", "--languages", "c", "--report", page, "--json");

            var figures = Assert.Single(result.Json.EnumerateArray());
            Assert.Equal((ExitCode.Success, "c", 0), (result.ExitCode, figures.GetProperty("language").GetString(), figures.GetProperty("wrong").GetInt32()));
            Assert.Equal(5 * figures.GetProperty("submissions").GetInt32(), figures.GetProperty("testcases").GetInt32());
            Assert.True(figures.GetProperty("perSecond").GetDouble() >= figures.GetProperty("perSecondPerCore").GetDouble());
            Assert.Contains("| c |", await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(page);
        }
    }

    [Fact]
    public async Task Latency_waits_for_every_verdict_and_no_verdict_is_there_before_its_acknowledgement()
    {
        Prerequisite.Require(Environment.IsPrivilegedProcess && Directory.Exists("/usr/lib/postgresql"), "root, for the sandbox, and PostgreSQL");

        var result = await CommandLine.RunAsync("bench", "latency", "--submissions", "4", "--concurrency", "2", "--languages", "c", "--json");

        var report = Assert.Single(result.Json.EnumerateArray());
        Assert.Equal((ExitCode.Success, 4, 0), (result.ExitCode, report.GetProperty("submissions").GetInt32(), report.GetProperty("wrong").GetInt32()));
        foreach (var percentile in (string[])["p50", "p95", "p99", "maximum"])
            Assert.True(report.GetProperty("verdict").GetProperty(percentile).GetDouble() > report.GetProperty("acknowledged").GetProperty(percentile).GetDouble());
    }

    [Fact]
    public async Task A_contest_submission_is_the_next_one_or_the_one_after_it_and_the_claim_does_not_scan()
    {
        Prerequisite.Require(Directory.Exists("/usr/lib/postgresql"), "PostgreSQL");

        var result = await CommandLine.RunAsync("bench", "queue", "--waiting", "5000", "--contest", "16", "--json");

        var figures = result.Json;
        Assert.Equal((ExitCode.Success, 16), (result.ExitCode, figures.GetProperty("contest").GetInt32()));
        // One look in eight is the other lanes'.
        Assert.True(figures.GetProperty("next").GetInt32() >= 12);
        Assert.True(figures.GetProperty("mostBefore").GetInt32() <= 1);
        Assert.True(figures.GetProperty("claimPages").GetInt64() < figures.GetProperty("queuePages").GetInt64());
    }

    [Theory]
    [InlineData("judging")]
    [InlineData("latency")]
    public async Task A_language_that_has_no_program_is_refused(string bench)
    {
        var result = await CommandLine.RunAsync("bench", bench, "--languages", "c,cobol");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("'cobol'", result.Error, StringComparison.Ordinal);
    }
}
