using System.Diagnostics;

namespace Gavel.Sandbox.Tests;

/// <summary>The owner is killed with SIGKILL in the middle of a run: the kernel ends everything, the next start removes the cgroups.</summary>
public sealed class CrashTests
{
    private const string MarkerVariable = "GAVEL_TEST_CRASH_MARKER";

    [Fact(Explicit = true)]
    public async Task The_victim_of_the_crash_test()
    {
        var marker = Environment.GetEnvironmentVariable(MarkerVariable)!;
        var cancellation = TestContext.Current.CancellationToken;
        await using var sandbox = await CellSandbox.CreateAsync(new SandboxOptions { Warm = 2 }, cancellation);
        await using var cell = await sandbox.RentAsync(new CellOptions(), cancellation);
        var limits = new RunLimits { WallTime = TimeSpan.FromMinutes(5) };
        var started = new Started(() =>
        {
            File.WriteAllLines($"{marker}.new", sandbox.CgroupFolders);
            File.Move($"{marker}.new", marker); // whoever sees it sees it whole
        });
        await cell.RunAsync(SandboxFixture.Shell("setsid sleep 4711 & echo started; exec sleep 4711") with { OutputSink = started, Limits = limits }, cancellation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public async Task Nothing_survives_an_owner_that_was_killed(int millisecondsLater)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        guard.CancelAfter(TimeSpan.FromMinutes(5));
        var marker = Path.Combine(Path.GetTempPath(), $"gavel-crash-{Guid.NewGuid():N}");
        var start = new ProcessStartInfo(Environment.ProcessPath!, $"--no-progress --filter-method *The_victim_of_the_crash_test --explicit only --results-directory {marker}-results");
        start.Environment[MarkerVariable] = marker;
        using var victim = Process.Start(start)!;
        while (!File.Exists(marker))
        {
            Assert.False(victim.HasExited, "The victim ended by itself.");
            await Task.Delay(20, guard.Token);
        }

        await Task.Delay(millisecondsLater, guard.Token);
        var folders = await File.ReadAllLinesAsync(marker, guard.Token);
        Assert.NotEmpty(folders.SelectMany(Processes));

        victim.Kill();
        await victim.WaitForExitAsync(guard.Token);

        while (folders.SelectMany(Processes).Any())
            await Task.Delay(20, guard.Token);
        await using (await CellSandbox.CreateAsync(new SandboxOptions { Warm = 0 }, guard.Token))
            Assert.DoesNotContain(folders, Directory.Exists);
        File.Delete(marker);
        Directory.Delete($"{marker}-results", recursive: true);
    }

    [Fact]
    public async Task A_living_owners_cgroups_are_left_alone()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var first = await CellSandbox.CreateAsync(new SandboxOptions(), cancellation);
        await using var cell = await first.RentAsync(new CellOptions(), cancellation);
        var running = cell.RunAsync(SandboxFixture.Shell("sleep 0.5; echo done"), cancellation);

        await using (await CellSandbox.CreateAsync(new SandboxOptions(), cancellation))
        {
        }

        Assert.Equal("done\n", RunTests.Text((await running).Output));
    }

    [Fact]
    public async Task A_sandbox_that_ends_leaves_no_cgroup()
    {
        IReadOnlyList<string> folders;
        await using (var sandbox = await CellSandbox.CreateAsync(new SandboxOptions { Warm = 2 }, TestContext.Current.CancellationToken))
        {
            folders = sandbox.CgroupFolders;
            Assert.All(folders, folder => Assert.True(Directory.Exists(folder)));
        }

        Assert.DoesNotContain(folders, Directory.Exists);
    }

    private static IEnumerable<string> Processes(string folder)
    {
        try
        {
            return [.. Directory.GetDirectories(folder, "*", SearchOption.AllDirectories).Append(folder).SelectMany(below => File.ReadAllLines($"{below}/cgroup.procs"))];
        }
        catch (IOException)
        {
            return []; // removed meanwhile
        }
    }

    private sealed class Started(Action say) : IOutputSink
    {
        public void Write(ReadOnlySpan<byte> piece) => say();
    }
}
