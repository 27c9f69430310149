using System.Diagnostics;

namespace Gavel.Sandbox.Measurement;

/// <summary>What this process and its slots held at one moment, after the garbage was collected.</summary>
/// <param name="ManagedBytes">Live managed memory, bytes.</param>
/// <param name="ResidentBytes">Resident memory of this process, bytes.</param>
/// <param name="Descriptors">Open file descriptors.</param>
/// <param name="Mounts">Mounts that a program in a new cell sees.</param>
/// <param name="Cgroups">Cgroup folders of the sandbox.</param>
/// <param name="Processes">Processes in them.</param>
public sealed record SoakState(long ManagedBytes, long ResidentBytes, int Descriptors, int Mounts, int Cgroups, int Processes);

/// <summary>The state after a tenth of the runs, and at the end.</summary>
/// <param name="Runs">All runs, those before the first state included.</param>
/// <param name="RunsPerSecond">On the clock.</param>
/// <param name="Wrong">Runs that did not end as they must.</param>
/// <param name="Early">After a tenth.</param>
/// <param name="Late">At the end.</param>
public sealed record SoakReport(int Runs, double RunsPerSecond, int Wrong, SoakState Early, SoakState Late)
{
    private const long Slack = 24L << 20; // what a garbage-collected heap breathes by

    /// <summary>What grew; empty when nothing did.</summary>
    public IReadOnlyList<string> Grown =>
    [
        .. Growth("descriptors", Early.Descriptors, Late.Descriptors, 0),
        .. Growth("mounts", Early.Mounts, Late.Mounts, 0),
        .. Growth("cgroups", Early.Cgroups, Late.Cgroups, 0),
        .. Growth("processes", Early.Processes, Late.Processes, 0),
        .. Growth("managed bytes", Early.ManagedBytes, Late.ManagedBytes, 1 << 20),
        .. Growth("resident bytes", Early.ResidentBytes, Late.ResidentBytes, Slack),
    ];

    private static IEnumerable<string> Growth(string what, long early, long late, long slack) => late > early + slack ? [$"{what}: {early} to {late}"] : [];
}

/// <summary>Many runs of all kinds in a bounded time: quick ones, such as leave files, daemons and threads behind, crash, or exceed a limit.</summary>
public static class SandboxSoak
{
    private const int RunsPerCell = 10;

    private const string Source = """
        #include <fcntl.h>
        #include <stdlib.h>
        #include <string.h>
        #include <unistd.h>
        int main(int argc, char **argv)
        {
            switch (atoi(argv[1])) {
            case 1: return write(open("/w/left", O_CREAT | O_WRONLY, 0600), "x", 1) != 1 || symlink("/etc", "/tmp/link") != 0;
            case 2: if (fork() == 0) { setsid(); pause(); } return 0;
            case 3: abort();
            case 4: for (;;) ;
            case 5: { volatile char *page = malloc(32 << 20); for (long i = 0; i < 32 << 20; i += 4096) page[i] = 1; return 0; }
            case 6: { static char block[65536]; while (write(1, block, sizeof block) > 0) ; return 0; }
            default: return 0;
            }
        }
        """;

    // By kind of run; everything else ends well.
    private static readonly Dictionary<int, TerminationCause> s_ends = new()
    {
        [3] = TerminationCause.Signalled,
        [4] = TerminationCause.CpuLimit,
        [5] = TerminationCause.MemoryLimit,
        [6] = TerminationCause.OutputLimit,
    };

    /// <summary>Runs and reports; about a thousand runs a second on a quiet core.</summary>
    /// <exception cref="SandboxException">This host cannot isolate programs, or has no C compiler.</exception>
    public static async Task<SoakReport> RunAsync(int runs, int slots, IProgress<string>? progress, CancellationToken cancellation)
    {
        using var programs = BenchmarkPrograms.Compiled(("soak", Source));
        await using var sandbox = await CellSandbox.CreateAsync(new SandboxOptions { Warm = slots }, cancellation).ConfigureAwait(false);
        var options = new CellOptions { Mounts = [new CellMount(programs.Folder, "/app")] };
        var start = Stopwatch.GetTimestamp();
        var wrong = await RunManyAsync(sandbox, options, runs / 10, slots, cancellation).ConfigureAwait(false);
        var early = await LookAsync(sandbox, options, slots, cancellation).ConfigureAwait(false);
        progress?.Report($"after {runs / 10}: {early}");
        for (var part = 0; part < 9; part++)
        {
            wrong += await RunManyAsync(sandbox, options, runs / 10, slots, cancellation).ConfigureAwait(false);
            progress?.Report($"{(part + 2) * (runs / 10)} runs");
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        return new(runs / 10 * 10, runs / elapsed.TotalSeconds, wrong, early, await LookAsync(sandbox, options, slots, cancellation).ConfigureAwait(false));
    }

    private static async Task<int> RunManyAsync(CellSandbox sandbox, CellOptions options, int runs, int slots, CancellationToken cancellation)
    {
        var (wrong, left) = (0, runs);
        await Task.WhenAll(Enumerable.Range(0, slots).Select(_ => Task.Run(
            async () =>
            {
                while (Volatile.Read(ref left) > 0)
                {
                    await using var cell = await sandbox.RentAsync(options, cancellation).ConfigureAwait(false);
                    for (var run = 0; run < RunsPerCell && Interlocked.Decrement(ref left) is >= 0 and var number; run++)
                    {
                        var kind = Kind(number);
                        var report = await cell.RunAsync(Request(kind), cancellation).ConfigureAwait(false);
                        if (report.Cause != s_ends.GetValueOrDefault(kind, TerminationCause.Exited) || report.ExitCode != 0)
                            Interlocked.Increment(ref wrong);
                    }
                }
            },
            cancellation))).ConfigureAwait(false);
        return wrong;
    }

    // Most runs are quick; every twentieth takes long enough to be a limit's.
    private static int Kind(int number) => number % 20 == 19 ? 4 + (number / 20 % 3) : number % 4;

    private static RunRequest Request(int kind) => new()
    {
        Arguments = ["/app/soak", kind.ToString(System.Globalization.CultureInfo.InvariantCulture)],
        Limits = new RunLimits { MemoryBytes = 16 << 20, CpuTime = TimeSpan.FromMilliseconds(kind == 4 ? 5 : 10_000), WallTime = TimeSpan.FromMinutes(1), OutputBytes = 1 << 16 },
    };

    // With every slot in use: one that was returned makes its next cell behind our back.
    private static async Task<SoakState> LookAsync(CellSandbox sandbox, CellOptions options, int slots, CancellationToken cancellation)
    {
        var cells = new List<ICell>();
        for (var slot = 0; slot < slots; slot++)
            cells.Add(await sandbox.RentAsync(options, cancellation).ConfigureAwait(false));
        ExecutionReport? report = null;
        foreach (var cell in cells)
            report = await cell.RunAsync(new RunRequest { Arguments = ["/bin/cat", "/proc/self/mountinfo"] }, cancellation).ConfigureAwait(false);
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        var folders = sandbox.CgroupFolders.SelectMany(folder => Directory.GetDirectories(folder, "*", SearchOption.AllDirectories)).ToArray();
        var state = new SoakState(
            GC.GetTotalMemory(forceFullCollection: true),
            Environment.WorkingSet,
            Directory.GetFileSystemEntries("/proc/self/fd").Length,
            report!.Output.Content.Span.Count((byte)'\n'),
            folders.Length,
            folders.Sum(folder => File.ReadAllLines($"{folder}/cgroup.procs").Length));
        foreach (var cell in cells)
            await cell.DisposeAsync().ConfigureAwait(false);
        return state;
    }
}
