using static Gavel.Sandbox.Tests.RunTests;

namespace Gavel.Sandbox.Tests;

public sealed class LimitTests(SandboxFixture fixture)
{
    [Fact]
    public async Task Cpu_time_is_limited()
    {
        var report = await fixture.ShellAsync("while :; do :; done", new RunLimits { CpuTime = TimeSpan.FromMilliseconds(300) });

        Assert.Equal(TerminationCause.CpuLimit, report.Cause);
        Assert.InRange(report.CpuTime.TotalMilliseconds, 300, 400);
    }

    [Fact]
    public async Task Time_on_the_clock_is_limited()
    {
        var report = await fixture.ShellAsync("sleep 100", new RunLimits { WallTime = TimeSpan.FromMilliseconds(200) });

        Assert.Equal(TerminationCause.WallLimit, report.Cause);
    }

    [Fact]
    public async Task Memory_is_limited()
    {
        var report = await fixture.RunAsync(new RunRequest
        {
            Arguments = ["/usr/bin/python3", "-c", "x = bytearray(200 << 20)"],
            Limits = new RunLimits { MemoryBytes = 64 << 20 },
        });

        Assert.Equal(TerminationCause.MemoryLimit, report.Cause);
    }

    [Fact]
    public async Task Peak_memory_is_what_the_program_touched()
    {
        var small = await fixture.RunAsync(new RunRequest { Arguments = ["/usr/bin/python3", "-c", "pass"] });
        var large = await fixture.RunAsync(new RunRequest { Arguments = ["/usr/bin/python3", "-c", "x = bytearray(b'x') * (100 << 20)"] });

        var difference = (large.PeakMemoryBytes - small.PeakMemoryBytes) / 1048576.0;
        Assert.InRange(difference, 98, 103);
    }

    [Fact]
    public async Task Output_is_limited_and_the_memory_of_the_judge_stays_flat()
    {
        var report = await fixture.ShellAsync("yes", new RunLimits { OutputBytes = 100_000 });

        Assert.Equal(TerminationCause.OutputLimit, report.Cause);
        Assert.True(report.Output.Truncated);
        Assert.Equal(100_000, report.Output.Content.Length);
    }

    [Fact]
    public async Task Error_output_is_truncated_without_ending_the_run()
    {
        var report = await fixture.ShellAsync("head -c 300000 /dev/zero >&2; echo done", new RunLimits { ErrorOutputBytes = 1000 });

        Assert.Equal("done\n", Text(report.Output));
        Assert.True(report.ErrorOutput.Truncated);
    }

    [Fact]
    public async Task Processes_are_limited()
    {
        var report = await fixture.ShellAsync("for i in 1 2 3 4 5 6 7 8 9; do sleep 5 & done", new RunLimits { Processes = 4, WallTime = TimeSpan.FromSeconds(10) });

        var expected = fixture.Sandbox.Facts.CgroupVersion == "none" ? TerminationCause.Exited : TerminationCause.ProcessLimit; // see NotEnforced
        Assert.Equal(expected, report.Cause);
        Assert.NotEqual(report.Cause is TerminationCause.Exited, report.ExitCode == 0);
    }

    [Fact]
    public async Task File_size_is_limited()
    {
        var report = await fixture.ShellAsync("exec head -c 3000000 /dev/zero > file", new RunLimits { FileSizeBytes = 1 << 20 });

        Assert.Equal(TerminationCause.OutputLimit, report.Cause);
    }

    [Fact]
    public async Task Refused_acts_are_named()
    {
        var report = await fixture.RunAsync(new RunRequest { Arguments = ["/usr/bin/python3", "-c", "import os; os.chroot('/')"] });

        Assert.Equal(["chroot"], report.RefusedActs);
        Assert.Equal(1, report.ExitCode);
    }
}
