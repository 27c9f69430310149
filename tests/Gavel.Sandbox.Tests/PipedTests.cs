using static Gavel.Sandbox.Tests.RunTests;

namespace Gavel.Sandbox.Tests;

public sealed class PipedTests(SandboxFixture fixture)
{
    [Fact]
    public async Task Two_programs_talk_to_each_other()
    {
        var report = await RunAsync("read x; echo $((x * 2)); read y; echo end >&2", "echo 21; read a; [ $a = 42 ] && echo ok; exit 42");

        Assert.Equal("end\n", Text(report.First.ErrorOutput));
        Assert.Equal(42, report.Second.ExitCode);
    }

    [Fact]
    public async Task The_end_of_a_submissions_output_reaches_the_validator_only_when_it_is_reaped()
    {
        var report = await RunAsync("exec >&-; sleep 0.3; exit 3", "cat > /dev/null; exit 42");

        Assert.Equal(3, report.First.ExitCode);
        Assert.True(report.FirstEndedFirst);
    }

    [Fact]
    public async Task The_end_of_the_validators_output_reaches_the_submission_at_once()
    {
        var report = await RunAsync("cat > /dev/null; echo done", "exec >&-; read x; [ $x = done ] && exit 42");

        Assert.Equal(42, report.Second.ExitCode);
    }

    [Fact]
    public async Task A_writer_whose_reader_is_gone_is_not_killed()
    {
        var report = await RunAsync("head -c 1000000 /dev/zero; exit 5", "exit 42");

        Assert.Equal(TerminationCause.Exited, report.First.Cause);
        Assert.Equal(5, report.First.ExitCode);
        Assert.False(report.FirstEndedFirst);
    }

    [Fact]
    public async Task Everything_written_before_the_end_arrives_however_slow_the_reader_is()
    {
        var report = await RunAsync("head -c 1000000 /dev/zero", "sleep 0.2; wc -c >&2; exit 42");

        Assert.Equal("1000000\n", Text(report.Second.ErrorOutput));
    }

    [Fact]
    public async Task A_validator_that_rejects_ends_the_submission()
    {
        var report = await RunAsync("sleep 100", "exit 43", secondSurvives: 42);

        Assert.Equal(43, report.Second.ExitCode);
        Assert.True(report.First.EndedByPeer);
        Assert.Equal(TerminationCause.Signalled, report.First.Cause);
    }

    [Fact]
    public async Task Two_programs_that_wait_for_each_other_end_by_the_clock()
    {
        var report = await RunAsync("read x", "read x", limits: new RunLimits { WallTime = TimeSpan.FromMilliseconds(300) });

        Assert.Contains(TerminationCause.WallLimit, new[] { report.First.Cause, report.Second.Cause });
    }

    private async Task<PipedReport> RunAsync(string first, string second, int? secondSurvives = null, RunLimits? limits = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var one = await fixture.Sandbox.RentAsync(new CellOptions(), cancellation);
        await using var two = await fixture.Sandbox.RentAsync(new CellOptions(), cancellation);
        return await fixture.Sandbox.RunPipedAsync(
            one,
            SandboxFixture.Shell(first) with { Limits = limits ?? new RunLimits() },
            two,
            SandboxFixture.Shell(second) with { PeerSurvivesExitCode = secondSurvives },
            cancellation);
    }
}
