using Gavel.Sandbox.Cgroups;
using Gavel.Sandbox.Tests.Attacks;
using static Gavel.Sandbox.Tests.RunTests;

namespace Gavel.Sandbox.Tests;

/// <summary>What is different without root: the program has the user of those who watch it. Skipped as root; <see cref="RootlessTests"/> runs it.</summary>
public sealed class RootlessCellTests(SandboxFixture fixture, Guest guest)
{
    [Theory]
    [InlineData("kill_everybody")]
    [InlineData("kill_init")]
    [InlineData("kill_runner")]
    [InlineData("guess_pids")]
    [InlineData("k_ptrace")]
    [InlineData("k_limits_of_others")]
    [InlineData("k_priority_of_others")]
    [InlineData("k_process_memory")]
    [InlineData("read_process_one")]
    [InlineData("write_toolchain")]
    [InlineData("read_secrets")]
    [InlineData("overwrite_runner_executable")]
    [InlineData("p_become_root")]
    [InlineData("p_capabilities")]
    [InlineData("inherited_descriptors")]
    public async Task The_users_other_processes_and_files_are_out_of_reach(string attack)
    {
        SkipAsRoot();
        if (Unmet.Reason(new(attack, [TerminationCause.Exited]), fixture.Sandbox.Facts) is { } reason)
            Assert.Skip(reason);
        await using var cell = await fixture.Sandbox.RentAsync(guest.Options, TestContext.Current.CancellationToken);
        await cell.RunAsync(Guest.Command("audit"), TestContext.Current.CancellationToken); // so that pid 2 is not the attack itself

        var report = await cell.RunAsync(Guest.Command(attack) with { Limits = Attack.Patient }, TestContext.Current.CancellationToken);

        Assert.Equal((TerminationCause.Exited, 0), (report.Cause, report.ExitCode));
        Assert.DoesNotContain("ESCAPED", Text(report.Output), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kill_everybody")]
    [InlineData("kill_init")]
    [InlineData("kill_runner")]
    [InlineData("guess_pids")]
    [InlineData("k_signal_by_pidfd")]
    public async Task Signals_to_the_runner_change_nothing_even_where_they_reach_it(string attack)
    {
        SkipAsRoot();
        await using var cell = await fixture.Sandbox.RentAsync(guest.Options, TestContext.Current.CancellationToken);
        var clean = Text((await cell.RunAsync(Guest.Command("audit"), TestContext.Current.CancellationToken)).Output);

        var report = await cell.RunAsync(Guest.Command(attack) with { Limits = Attack.Patient }, TestContext.Current.CancellationToken);

        Assert.Equal((TerminationCause.Exited, 0), (report.Cause, report.ExitCode));
        Assert.Equal(clean, Text((await cell.RunAsync(Guest.Command("audit"), TestContext.Current.CancellationToken)).Output));
    }

    [Theory]
    [InlineData("fork_bomb")]
    [InlineData("cpu_children")]
    [InlineData("cpu_forgotten_child")]
    public async Task Time_of_all_processes_is_limited(string attack)
    {
        SkipAsRoot();

        var report = await fixture.RunAsync(Guest.Command(attack) with { Limits = Attack.Small }, guest.Options);

        Assert.True(report.Cause is TerminationCause.CpuLimit or TerminationCause.WallLimit, $"{report}");
    }

    [Theory]
    [InlineData("memory_private")]
    [InlineData("memory_shared")]
    [InlineData("memory_children")]
    [InlineData("memory_memfd")]
    public async Task Memory_is_watched(string attack)
    {
        SkipAsRoot();

        var report = await fixture.RunAsync(Guest.Command(attack) with { Limits = Attack.Patient with { FileSizeBytes = 1L << 30 } }, guest.Options);

        Assert.Equal(TerminationCause.MemoryLimit, report.Cause);
    }

    [Fact]
    public void A_delegated_cgroup_is_used()
    {
        SkipAsRoot();

        Assert.Equal(UnifiedParent.IsDelegated(File.ReadAllText("/proc/self/mountinfo")) ? "v2" : "none", fixture.Sandbox.Facts.CgroupVersion);
    }

    [Fact]
    public async Task What_is_not_enforced_is_said()
    {
        SkipAsRoot();

        var report = await fixture.ShellAsync("id -u");

        Assert.Equal("1000\n", Text(report.Output));
        Assert.Equal(fixture.Sandbox.Facts.CgroupVersion == "none", fixture.Sandbox.Facts.NotEnforced.Count > 0);
    }

    private void SkipAsRoot() => Assert.SkipUnless(fixture.IsRootless, "As root; RootlessTests runs this class as a user.");
}
