namespace Gavel.Sandbox.Measurement;

/// <summary>How <see cref="SandboxBenchmark"/> measures.</summary>
public sealed record SandboxBenchmarkOptions
{
    /// <summary>Rounds per table; one round measures every contender once (a batch of runs where a cell serves several).</summary>
    public int Rounds { get; init; } = 60;

    /// <summary>The pause before each measurement in the sparse table.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(20);
}

/// <summary>
/// Measures what a cell costs over a bare posix_spawn of the same program: all contenders interleaved in one run, so that whatever else the machine does
/// hits all of them alike. Nothing is subtracted, and the making of cells is paid for by whoever waits for it.
/// </summary>
public static class SandboxBenchmark
{
    private const string BubblewrapPath = "/usr/bin/bwrap";

    /// <summary>Runs the whole benchmark: about a minute with the default options.</summary>
    /// <param name="options">How long and how often.</param>
    /// <param name="progress">Receives one line per table.</param>
    /// <param name="cancellation">Ends the benchmark between two measurements.</param>
    /// <exception cref="SandboxException">This host cannot isolate programs, or has no C compiler.</exception>
    public static async Task<SandboxBenchmarkReport> RunAsync(
        SandboxBenchmarkOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        await using var sandbox = await CellSandbox.CreateAsync(new SandboxOptions { Warm = 2 }, cancellation).ConfigureAwait(false);
        using var programs = BenchmarkPrograms.Make();
        List<SandboxBenchmarkRow> rows = [];
        foreach (var program in programs.All)
        {
            using var bundle = CrunBundle.For(program);
            foreach (var pause in (TimeSpan[])[TimeSpan.Zero, options.Pause])
            {
                progress?.Report($"{program.Name}, {(pause == TimeSpan.Zero ? "back to back" : "sparse")}");
                var rounds = program.IsSlow ? Math.Max(5, options.Rounds / 6) : options.Rounds;
                rows.AddRange(await MeasureAsync(sandbox, program, bundle, rounds, pause, cancellation).ConfigureAwait(false));
            }
        }

        List<SandboxThroughput> throughputs = [];
        foreach (var program in programs.All.Where(program => !program.IsSlow))
        {
            progress?.Report($"throughput, {program.Name}");
            foreach (var slots in (int[])[1, 2])
                throughputs.Add(await Throughput.MeasureAsync(sandbox, program, slots, cancellation).ConfigureAwait(false));
        }

        progress?.Report("kill latency");
        var late = await KillLatency.MeasureAsync(sandbox, programs, Math.Min(options.Rounds, 30), cancellation).ConfigureAwait(false);
        return new(rows, throughputs) { KillLatencies = late };
    }

    private static async Task<IEnumerable<SandboxBenchmarkRow>> MeasureAsync(
        CellSandbox sandbox, BenchmarkProgram program, CrunBundle? bundle, int rounds, TimeSpan pause, CancellationToken cancellation)
    {
        List<Contender> contenders = [Contender.Floor(program)];
        foreach (var runs in program.IsSlow ? (int[])[10] : [1, 10, 100])
            contenders.Add(Contender.Cell(sandbox, program, runs));
        if (File.Exists(BubblewrapPath))
            contenders.Add(Contender.Bubblewrap(program, BubblewrapPath));
        if (bundle is not null)
            contenders.Add(Contender.Crun(bundle));

        for (var round = -2; round < rounds; round++)
        {
            foreach (var contender in contenders)
            {
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause, cancellation).ConfigureAwait(false);

                // The hundredfold batch says nothing new in every round.
                if (contender.Runs == 100 && round % 10 != 0)
                    continue;
                await contender.MeasureAsync(keep: round >= 0, pause, cancellation).ConfigureAwait(false);
            }
        }

        var floor = contenders[0].Distribution();
        return contenders.Select(contender => contender.Row(program.Name, pause > TimeSpan.Zero, floor));
    }
}
