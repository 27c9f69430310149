using System.Diagnostics;

namespace Gavel.Sandbox.Measurement;

/// <summary>One way to run a program, and how long it took each time.</summary>
internal sealed class Contender
{
    private readonly string _name;
    private readonly Func<TimeSpan, CancellationToken, Task<double>> _measure;
    private readonly List<double> _samples = [];

    private Contender(string name, int runs, Func<TimeSpan, CancellationToken, Task<double>> measure) => (_name, Runs, _measure) = (name, runs, measure);

    /// <summary>Runs per measurement.</summary>
    internal int Runs { get; }

    /// <summary>The program as a child of this process, nothing around it.</summary>
    internal static Contender Floor(BenchmarkProgram program) => Spawned("posix_spawn", program.HostCommand, program.IsSlow ? 10 : 1);

    /// <summary>The program in bubblewrap with every namespace and a read-only view of the same folders.</summary>
    internal static Contender Bubblewrap(BenchmarkProgram program, string binary)
    {
        string[] app = program.Options.Mounts is [var mount] ? ["--ro-bind", mount.HostPath, mount.CellPath] : [];
        string[] links = [.. ((string[])["bin", "lib", "lib64"]).Where(name => new DirectoryInfo($"/{name}").LinkTarget is not null).SelectMany(name => (string[])["--symlink", $"usr/{name}", $"/{name}"])];
        return Spawned(
            "bubblewrap",
            [binary, "--unshare-all", "--die-with-parent", "--ro-bind", "/usr", "/usr", .. links, "--ro-bind", "/etc", "/etc", .. app, "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--tmpfs", "/w", "--chdir", "/w", .. program.Request.Arguments]);
    }

    /// <summary>The program in crun.</summary>
    internal static Contender Crun(CrunBundle bundle) => Spawned("crun", bundle.Command);

    /// <summary>A cell for every <paramref name="runs"/> runs.</summary>
    internal static Contender Cell(CellSandbox sandbox, BenchmarkProgram program, int runs) => new(
        $"gavel fresh per {runs}",
        runs,
        async (pause, cancellation) =>
        {
            var total = TimeSpan.Zero;
            var start = Stopwatch.GetTimestamp();
            await using var cell = await sandbox.RentAsync(program.Options, cancellation).ConfigureAwait(false);
            for (var run = 0; run < runs; run++)
            {
                if (run > 0)
                {
                    if (pause > TimeSpan.Zero)
                        await Task.Delay(pause, cancellation).ConfigureAwait(false);
                    start = Stopwatch.GetTimestamp();
                }

                var report = await cell.RunAsync(program.Request, cancellation).ConfigureAwait(false);
                total += Stopwatch.GetElapsedTime(start);
                if (report is not { Cause: TerminationCause.Exited, ExitCode: 0 })
                    throw new SandboxException($"The benchmark's program failed: {report}");
            }

            return total.TotalMicroseconds / runs;
        });

    /// <summary>Measures once.</summary>
    internal async Task MeasureAsync(bool keep, TimeSpan pause, CancellationToken cancellation)
    {
        var sample = await _measure(pause, cancellation).ConfigureAwait(false);
        if (keep)
            _samples.Add(sample);
    }

    /// <summary>Median, 95th and 99th percentile so far, microseconds.</summary>
    internal (double Median, double P95, double P99) Distribution()
    {
        var sorted = _samples.Order().ToArray();
        double At(double part) => sorted[Math.Min(sorted.Length - 1, (int)(part * sorted.Length))];
        return (At(0.5), At(0.95), At(0.99));
    }

    internal SandboxBenchmarkRow Row(string program, bool sparse, (double Median, double P95, double P99) floor)
    {
        var (median, p95, p99) = Distribution();
        return new(_name, program, sparse, Math.Round(median, 1), Math.Round(p95, 1), Math.Round(p99, 1), Math.Round(median - floor.Median, 1), Math.Round(median / floor.Median, 2));
    }

    // As many times as a cell serves, where few rounds are measured: a mean of ten is steadier than one, and must be compared with its like.
    private static Contender Spawned(string name, string[] command, int runs = 1) => new(name, runs, async (pause, cancellation) =>
    {
        var total = TimeSpan.Zero;
        for (var run = 0; run < runs; run++)
        {
            if (run > 0 && pause > TimeSpan.Zero)
                await Task.Delay(pause, cancellation).ConfigureAwait(false);
            var start = Stopwatch.GetTimestamp();
            var status = Interop.Linux.Interop.SpawnAndWait(command);
            total += Stopwatch.GetElapsedTime(start);
            if (status != 0)
                throw new SandboxException($"{string.Join(' ', command)} ended with wait status {status}.");
        }

        return total.TotalMicroseconds / runs;
    });
}
