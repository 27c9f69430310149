using System.Globalization;
using Gavel.Sandbox.Tests.Attacks;
using static Gavel.Sandbox.Tests.RunTests;

namespace Gavel.Sandbox.Tests;

/// <summary>What is reported is what was used.</summary>
public sealed class FactsTests(SandboxFixture fixture, Guest guest)
{
    private static readonly RunLimits Limits = new()
    {
        MemoryBytes = 1L << 30,
        FileSizeBytes = 1L << 30,
        WorkFolderBytes = 1L << 30,
        CpuTime = TimeSpan.FromMinutes(2),
        WallTime = TimeSpan.FromMinutes(5),
    };

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(5000)]
    public async Task Cpu_time_is_what_the_program_itself_was_charged(int milliseconds)
    {
        Assert.SkipWhen(Unmet.UserModeLinux, "User-mode Linux counts CPU time in ticks of 10 ms; this looks for a difference of 1 ms.");
        var report = await fixture.RunAsync(Guest.Command("measure_cpu", Number(milliseconds)) with { Limits = Limits }, guest.Options);

        var own = double.Parse(Text(report.Output), CultureInfo.InvariantCulture);
        Assert.InRange(report.CpuTime.TotalMilliseconds, own - 0.1, own + 1.0);
    }

    [Fact]
    public async Task Time_on_the_clock_is_never_less_than_what_was_slept()
    {
        var report = await fixture.RunAsync(Guest.Command("measure_wall", "200") with { Limits = Limits }, guest.Options);

        Assert.True(report.WallTime >= TimeSpan.FromMilliseconds(200), $"{report.WallTime}");
        Assert.True(report.CpuTime < TimeSpan.FromMilliseconds(100), $"{report.CpuTime}");
    }

    [Theory]
    [InlineData("measure_anonymous", 1)]
    [InlineData("measure_anonymous", 16)]
    [InlineData("measure_anonymous", 128)]
    [InlineData("measure_anonymous", 512)]
    [InlineData("measure_stack", 1)]
    [InlineData("measure_stack", 64)]
    [InlineData("measure_stack", 256)]
    [InlineData("measure_tmpfs", 1)]
    [InlineData("measure_tmpfs", 64)]
    [InlineData("measure_tmpfs", 256)]
    [InlineData("measure_freed_again", 256)]
    public async Task Peak_memory_is_what_the_program_touched(string how, int mebibytes)
    {
        Assert.SkipWhen(Unmet.UserModeLinux && (how, mebibytes) is ("measure_stack", > 64), "User-mode Linux has no room for such a stack.");
        var report = await fixture.RunAsync(Guest.Command(how, Number(mebibytes)) with { Limits = Limits }, guest.Options);

        Assert.Equal((TerminationCause.Exited, 0), (report.Cause, report.ExitCode));
        var touched = (double)mebibytes * (1 << 20);
        var tolerance = (1 << 20) + (touched * 0.02);
        Assert.InRange(report.PeakMemoryBytes, touched - tolerance, touched + tolerance);
    }

    [Fact]
    public async Task What_one_run_used_is_not_charged_to_the_next()
    {
        Assert.SkipWhen(fixture.Sandbox.Facts.CgroupVersion == "v2" && Environment.OSVersion.Version < new Version(6, 12), "cgroup v2 cannot reset a peak before Linux 6.12; docs/security.md says so.");
        await using var cell = await fixture.Sandbox.RentAsync(guest.Options, TestContext.Current.CancellationToken);
        foreach (var how in (string[])["measure_tmpfs", "measure_anonymous"])
            await cell.RunAsync(Guest.Command(how, "256") with { Limits = Limits }, TestContext.Current.CancellationToken);

        var report = await cell.RunAsync(Guest.Command("measure_anonymous", "4") with { Limits = Limits }, TestContext.Current.CancellationToken);

        Assert.InRange(report.PeakMemoryBytes, 3 << 20, 6 << 20);
    }

    [Theory]
    [InlineData(64, 60, TerminationCause.Exited)]
    [InlineData(64, 70, TerminationCause.MemoryLimit)]
    [InlineData(512, 500, TerminationCause.Exited)]
    [InlineData(512, 530, TerminationCause.MemoryLimit)]
    public async Task The_memory_limit_is_where_it_was_set(int limit, int touched, TerminationCause cause)
    {
        var request = Guest.Command("measure_anonymous", Number(touched)) with { Limits = Limits with { MemoryBytes = (long)limit << 20 } };

        var report = await fixture.RunAsync(request, guest.Options);

        Assert.Equal(cause, report.Cause);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
