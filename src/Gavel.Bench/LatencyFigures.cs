namespace Gavel.Bench;

/// <summary>Percentiles of a set of latencies, in milliseconds.</summary>
/// <param name="P50">Half were faster.</param>
/// <param name="P95">95 % were faster.</param>
/// <param name="P99">99 % were faster.</param>
/// <param name="Maximum">The slowest.</param>
public sealed record LatencyFigures(double P50, double P95, double P99, double Maximum)
{
    /// <summary>The percentiles of some latencies; all zero when there are none.</summary>
    public static LatencyFigures Of(IEnumerable<TimeSpan> latencies)
    {
        var sorted = latencies.Select(l => l.TotalMilliseconds).Order().ToArray();
        return sorted.Length == 0 ? new(0, 0, 0, 0) : new(At(0.50), At(0.95), At(0.99), sorted[^1]);

        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
