using System.Diagnostics;

namespace Gavel.Sandbox.Measurement;

/// <summary>What an interactive pair of cells cost over the same two processes on bare pipes.</summary>
/// <param name="RoundTrips">Lines sent and answered.</param>
/// <param name="BareMs">Median of the two processes with two pipes between them and nothing else, milliseconds.</param>
/// <param name="CellsMs">Median of the same two in cells, the output of each carried over to the other, milliseconds.</param>
/// <param name="TranscriptMs">Median of the same with every piece handed to a listener as well, milliseconds.</param>
public sealed record InteractionFigures(int RoundTrips, double BareMs, double CellsMs, double TranscriptMs)
{
    /// <summary>How many times longer cells take than bare pipes.</summary>
    public double TimesBare => Math.Round(CellsMs / BareMs, 2);

    /// <summary>The same with a transcript.</summary>
    public double TimesBareWithTranscript => Math.Round(TranscriptMs / BareMs, 2);
}

/// <summary>Measures round trips of one line between two programs: on bare pipes, in cells, in cells with a transcript; interleaved, so that the machine's load hits all alike.</summary>
public static class InteractionBenchmark
{
    private const string Asker = """
        #include <stdlib.h>
        #include <unistd.h>
        int main(int count, char **words) {
            char line[64];
            for (int left = atoi(words[1]); left > 0; left--)
                if (write(1, "12345\n", 6) != 6 || read(0, line, sizeof line) <= 0)
                    return 1;
            return 0;
        }
        """;

    private const string Answerer = """
        #include <unistd.h>
        int main(void) {
            char line[64];
            ssize_t length;
            while ((length = read(0, line, sizeof line)) > 0)
                if (write(1, line, (size_t)length) != length)
                    return 1;
            return 0;
        }
        """;

    // The two as a shell would start them, without a shell's own work: one pipe each way.
    private const string Pair = """
        #include <sys/wait.h>
        #include <unistd.h>
        static int start(char **command, int in, int out, int *others) {
            int child = fork();
            if (child == 0) {
                dup2(in, 0);
                dup2(out, 1);
                for (int i = 0; i < 4; i++)
                    close(others[i]);
                execv(command[0], command);
                _exit(127);
            }
            return child;
        }
        int main(int count, char **words) {
            int ends[4], status = 0, bad = 0;
            char *asker[] = {words[1], words[3], 0}, *answerer[] = {words[2], 0};
            if (count != 4 || pipe(ends) || pipe(ends + 2))
                return 1;
            start(asker, ends[2], ends[1], ends);
            start(answerer, ends[0], ends[3], ends);
            for (int i = 0; i < 4; i++)
                close(ends[i]);
            while (wait(&status) > 0)
                bad |= status;
            return bad != 0;
        }
        """;

    /// <summary>Runs the benchmark.</summary>
    /// <param name="roundTrips">Lines sent and answered per measurement.</param>
    /// <param name="rounds">Measurements of each way; the median counts.</param>
    /// <param name="cancellation">Ends it between two measurements.</param>
    /// <exception cref="SandboxException">This host cannot isolate programs, or has no C compiler.</exception>
    public static async Task<InteractionFigures> RunAsync(int roundTrips, int rounds, CancellationToken cancellation)
    {
        await using var sandbox = await CellSandbox.CreateAsync(new SandboxOptions { Warm = 2 }, cancellation).ConfigureAwait(false);
        using var programs = BenchmarkPrograms.Compiled(("asker", Asker), ("answerer", Answerer), ("pair", Pair));
        List<double> bare = [], cells = [], transcript = [];
        for (var round = -1; round < rounds; round++)
        {
            var ways = new (List<double> Times, Func<Task> Run)[]
            {
                (bare, () => BareAsync(programs.Folder, roundTrips)),
                (cells, () => CellsAsync(sandbox, programs.Folder, roundTrips, null, cancellation)),
                (transcript, () => CellsAsync(sandbox, programs.Folder, roundTrips, new Listener(), cancellation)),
            };
            foreach (var (times, run) in ways)
            {
                cancellation.ThrowIfCancellationRequested();
                var start = Stopwatch.GetTimestamp();
                await run().ConfigureAwait(false);
                if (round >= 0)
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return new(roundTrips, Median(bare), Median(cells), Median(transcript));
    }

    private static Task BareAsync(string folder, int roundTrips) => Task.Run(() =>
    {
        var status = Interop.Linux.Interop.SpawnAndWait([$"{folder}/pair", $"{folder}/asker", $"{folder}/answerer", $"{roundTrips}"]);
        if (status != 0)
            throw new SandboxException($"The benchmark's programs failed on bare pipes: wait status {status}.");
    });

    private static async Task CellsAsync(CellSandbox sandbox, string folder, int roundTrips, IOutputSink? listener, CancellationToken cancellation)
    {
        var options = new CellOptions { Mounts = [new CellMount(folder, "/app")] };
        await using var first = await sandbox.RentAsync(options, cancellation).ConfigureAwait(false);
        await using var second = await sandbox.RentAsync(options, cancellation).ConfigureAwait(false);
        var limits = new RunLimits { CpuTime = TimeSpan.FromMinutes(5), WallTime = TimeSpan.FromMinutes(10) };
        var report = await sandbox.RunPipedAsync(
            first,
            new() { Arguments = ["/app/asker", $"{roundTrips}"], Limits = limits, OutputWatch = listener },
            second,
            new() { Arguments = ["/app/answerer"], Limits = limits, OutputWatch = listener },
            cancellation).ConfigureAwait(false);
        if (report is not { First: { Cause: TerminationCause.Exited, ExitCode: 0 }, Second: { Cause: TerminationCause.Exited, ExitCode: 0 } })
            throw new SandboxException($"The benchmark's programs failed in cells: {report}");
    }

    private static double Median(List<double> values) => Math.Round(values.Order().ElementAt(values.Count / 2), 1);

    // Does what any transcript must: take the time, and copy.
    private sealed class Listener : IOutputSink
    {
        private readonly Lock _gate = new();
        private readonly byte[] _buffer = new byte[64 << 10];
        private int _length;
        private long _last;

        public void Write(ReadOnlySpan<byte> piece)
        {
            lock (_gate)
            {
                _last = Stopwatch.GetTimestamp();
                if (_length + piece.Length > _buffer.Length)
                    _length = 0;
                piece.CopyTo(_buffer.AsSpan(_length));
                _length += piece.Length;
            }
        }
    }
}
