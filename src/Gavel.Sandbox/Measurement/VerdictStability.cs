using System.Globalization;

namespace Gavel.Sandbox.Measurement;

/// <summary>How often a program a fifth away from a limit was found on the wrong side of it, while every core was busy with something else.</summary>
/// <param name="Program">What ran, and on which side of which limit it belongs.</param>
/// <param name="Runs">How often.</param>
/// <param name="Wrong">How often it ended otherwise.</param>
public sealed record VerdictStability(string Program, int Runs, int Wrong)
{
    // The amounts are what the program asks the kernel about itself: its own CPU time, the pages it touched.
    private const string Source = """
        #include <stdlib.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <time.h>
        int main(int argc, char **argv)
        {
            long amount = atol(argv[2]);
            struct timespec now = { 0 };
            if (*argv[1] == 'm')
                return memset(mmap(NULL, amount << 10, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 1, amount << 10) == NULL;
            while (now.tv_sec * 1000 + now.tv_nsec / 1000000 < amount)
                clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
            return 0;
        }
        """;

    /// <summary>Measures; half a minute per hundred runs on two busy cores.</summary>
    /// <exception cref="SandboxException">This host cannot isolate programs, or has no C compiler.</exception>
    public static async Task<IReadOnlyList<VerdictStability>> MeasureAsync(int runs, CancellationToken cancellation)
    {
        using var programs = BenchmarkPrograms.Compiled(("use", Source));
        await using var sandbox = await CellSandbox.CreateAsync(new SandboxOptions { Warm = 1 }, cancellation).ConfigureAwait(false);
        await using var cell = await sandbox.RentAsync(new CellOptions { Mounts = [new CellMount(programs.Folder, "/app")] }, cancellation).ConfigureAwait(false);
        using var load = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var busy = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Spin(load.Token)).ToArray();
        var limits = new RunLimits { CpuTime = TimeSpan.FromMilliseconds(100), MemoryBytes = 32 << 20, WallTime = TimeSpan.FromMinutes(1) };
        List<VerdictStability> all =
        [
            await CountAsync("80 ms of 100 ms of CPU time", "c", 80, TerminationCause.Exited).ConfigureAwait(false),
            await CountAsync("120 ms of 100 ms of CPU time", "c", 120, TerminationCause.CpuLimit).ConfigureAwait(false),
            await CountAsync("25.6 MiB of 32 MiB of memory", "m", 26_214, TerminationCause.Exited).ConfigureAwait(false),
            await CountAsync("38.4 MiB of 32 MiB of memory", "m", 39_322, TerminationCause.MemoryLimit).ConfigureAwait(false),
        ];
        await load.CancelAsync().ConfigureAwait(false);
        foreach (var thread in busy)
            thread.Join();
        return all;

        async Task<VerdictStability> CountAsync(string name, string what, int amount, TerminationCause right)
        {
            var wrong = 0;
            var request = new RunRequest { Arguments = ["/app/use", what, amount.ToString(CultureInfo.InvariantCulture)], Limits = limits };
            for (var run = 0; run < runs; run++)
                wrong += (await cell.RunAsync(request, cancellation).ConfigureAwait(false)).Cause == right ? 0 : 1;
            return new(name, runs, wrong);
        }
    }

    private static Thread Spin(CancellationToken until)
    {
        var thread = new Thread(() =>
        {
            while (!until.IsCancellationRequested)
            {
            }
        })
        { IsBackground = true };
        thread.Start();
        return thread;
    }
}
