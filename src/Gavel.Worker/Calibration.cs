using System.Runtime.CompilerServices;
using Gavel.Queue;

namespace Gavel.Worker;

/// <summary>How fast one core of this host is: the same time limit means the same only on hosts of about the same figure.</summary>
public static class Calibration
{
    private const int Steps = 4_000_000;

    /// <summary>What a worker says about itself, but for its languages.</summary>
    public static WorkerCard Card(WorkerOptions options, TimeProvider time) => new(
        options.Name, Environment.MachineName, Fleet.Version, Fleet.Protocol, options.Slots, [], Measure(time), time.GetUtcNow());

    /// <summary>Millions of steps per second of a fixed integer loop: the best of five, of some milliseconds each, so that a neighbour's burst does not count.</summary>
    public static double Measure(TimeProvider time)
    {
        var best = double.PositiveInfinity;
        for (var i = 0; i < 5; i++)
        {
            var start = time.GetTimestamp();
            if (Loop(Steps) == 0)
                throw new InvalidOperationException("A xorshift generator never reaches zero.");
            best = Math.Min(best, time.GetElapsedTime(start).TotalSeconds);
        }

        return Math.Round(Steps / Math.Max(best, 1e-9) / 1e6, 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static ulong Loop(int steps)
    {
        var state = 88172645463325252UL;
        for (var i = 0; i < steps; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
        }

        return state;
    }
}
