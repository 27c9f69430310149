using System.Diagnostics;

namespace Gavel.Sandbox.Measurement;

/// <summary>How late runs end that exceed a limit: from the moment the limit was reached to the report in the caller's hands, everything dead.</summary>
/// <param name="Program">What ran over its limit.</param>
/// <param name="MedianMs">The median, milliseconds.</param>
/// <param name="WorstMs">The longest of all, milliseconds.</param>
public sealed record KillLatency(string Program, double MedianMs, double WorstMs)
{
    private const string Source = """
        #include <unistd.h>
        int main(int argc, char **argv)
        {
            for (int i = 0; argc > 1 && i < 30; i++)
                if (fork() == 0)
                    break;
            for (;;)
                ;
        }
        """;

    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(100);

    internal static async Task<IReadOnlyList<KillLatency>> MeasureAsync(CellSandbox sandbox, BenchmarkPrograms programs, int rounds, CancellationToken cancellation)
    {
        var mounts = programs.Add("spin", Source);
        var patient = new RunLimits { CpuTime = TimeSpan.FromMinutes(1), WallTime = s_limit };
        var busy = new RunLimits { CpuTime = s_limit, WallTime = TimeSpan.FromMinutes(1) };
        return
        [
            await MeasureAsync("sleeping, wall limit", ["/usr/bin/sleep", "60"], patient, report => report.WallTime),
            await MeasureAsync("spinning, CPU limit", ["/app/spin"], busy, report => report.CpuTime),
            await MeasureAsync("31 processes spinning, CPU limit", ["/app/spin", "many"], busy, report => report.CpuTime / Environment.ProcessorCount),
        ];

        // A CPU limit is reached when so much CPU time was used; on a busy machine that is later than on the clock, and no latency of ours.
        async Task<KillLatency> MeasureAsync(string name, string[] command, RunLimits limits, Func<ExecutionReport, TimeSpan> used)
        {
            var late = new List<double>();
            await using var cell = await sandbox.RentAsync(new CellOptions { Mounts = mounts }, cancellation).ConfigureAwait(false);
            for (var round = 0; round < rounds; round++)
            {
                var start = Stopwatch.GetTimestamp();
                var report = await cell.RunAsync(new RunRequest { Arguments = command, Limits = limits }, cancellation).ConfigureAwait(false);
                var returned = Stopwatch.GetElapsedTime(start) - report.WallTime;
                var allowed = limits.CpuTime == s_limit && command.Length > 1 ? s_limit / Environment.ProcessorCount : s_limit;
                late.Add((used(report) - allowed + returned).TotalMilliseconds);
            }

            late.Sort();
            return new(name, Math.Round(late[late.Count / 2], 2), Math.Round(late[^1], 2));
        }
    }
}
