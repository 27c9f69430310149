using System.Diagnostics;

namespace Gavel.Sandbox.Measurement;

/// <summary>How many runs of a program complete per second.</summary>
/// <param name="Program">What ran.</param>
/// <param name="Slots">How many run at the same time.</param>
/// <param name="RunsPerSecond">All slots together, a fresh cell per 10 runs.</param>
/// <param name="FloorPerSecond">The same number of threads with a bare posix_spawn each, measured in between.</param>
/// <param name="OwnCpuUsPerRun">CPU time that Gavel's own process spends per run, microseconds.</param>
public sealed record SandboxThroughput(string Program, int Slots, double RunsPerSecond, double FloorPerSecond, double OwnCpuUsPerRun);

/// <summary>Measures <see cref="SandboxThroughput"/>: rounds of cells and rounds of bare programs, in turn.</summary>
internal static class Throughput
{
    private const int Rounds = 6;
    private const int BatchesPerRound = 10;
    private const int RunsPerCell = 10;

    internal static async Task<SandboxThroughput> MeasureAsync(CellSandbox sandbox, BenchmarkProgram program, int slots, CancellationToken cancellation)
    {
        var (cells, bare, own) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        for (var round = 0; round < Rounds; round++)
        {
            var cpu = Environment.CpuUsage.TotalTime;
            cells += await TimeAsync(slots, () => InCellsAsync(sandbox, program, cancellation), cancellation).ConfigureAwait(false);
            own += Environment.CpuUsage.TotalTime - cpu;
            bare += await TimeAsync(slots, () => Bare(program), cancellation).ConfigureAwait(false);
        }

        var count = Rounds * BatchesPerRound * RunsPerCell * slots;
        return new(program.Name, slots, Math.Round(count / cells.TotalSeconds), Math.Round(count / bare.TotalSeconds), Math.Round(own.TotalMicroseconds / count, 1));
    }

    private static async Task<TimeSpan> TimeAsync(int slots, Func<Task> work, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, slots).Select(_ => Task.Run(work, cancellation))).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task InCellsAsync(CellSandbox sandbox, BenchmarkProgram program, CancellationToken cancellation)
    {
        for (var batch = 0; batch < BatchesPerRound; batch++)
        {
            await using var cell = await sandbox.RentAsync(program.Options, cancellation).ConfigureAwait(false);
            for (var run = 0; run < RunsPerCell; run++)
                await cell.RunAsync(program.Request, cancellation).ConfigureAwait(false);
        }
    }

    private static Task Bare(BenchmarkProgram program)
    {
        for (var run = 0; run < BatchesPerRound * RunsPerCell; run++)
            Interop.Linux.Interop.SpawnAndWait(program.HostCommand);
        return Task.CompletedTask;
    }
}
