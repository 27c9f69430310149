using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gavel.Sandbox.Measurement;

/// <summary>One line of the table: one contender running one program. Times in microseconds, per run.</summary>
/// <param name="Contender"><c>posix_spawn</c>, <c>gavel fresh per n</c>, <c>bubblewrap</c> or <c>crun</c>.</param>
/// <param name="Program">What ran.</param>
/// <param name="Sparse">True with a pause before each measurement, false back to back.</param>
/// <param name="MedianUs">The median. Where a cell serves n runs, of the mean over such a batch, renting included.</param>
/// <param name="P95Us">The 95th percentile.</param>
/// <param name="P99Us">The 99th percentile.</param>
/// <param name="OverFloorUs">The median above the median of <c>posix_spawn</c> in the same table.</param>
/// <param name="TimesFloor">The median divided by that of <c>posix_spawn</c>.</param>
public sealed record SandboxBenchmarkRow(
    string Contender, string Program, bool Sparse, double MedianUs, double P95Us, double P99Us, double OverFloorUs, double TimesFloor);

/// <summary>The result of <see cref="SandboxBenchmark"/>.</summary>
public sealed record SandboxBenchmarkReport(
    IReadOnlyList<SandboxBenchmarkRow> Rows, IReadOnlyList<SandboxThroughput> Throughputs)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>How late runs end that exceed a limit.</summary>
    public IReadOnlyList<KillLatency> KillLatencies { get; init; } = [];

    /// <summary>Microseconds over the floor for the static program with a fresh cell per 10 runs: the worse of back to back and sparse.</summary>
    [JsonPropertyName("over_floor_us_fresh_per_10_static")]
    public double OverFloorUsFreshPer10Static => OverFloor("gavel fresh per 10");

    /// <summary>The same with a fresh cell per run.</summary>
    [JsonPropertyName("over_floor_us_fresh_per_1_static")]
    public double OverFloorUsFreshPer1Static => OverFloor("gavel fresh per 1");

    /// <summary>How many times more bubblewrap costs over the floor than a fresh cell per 10 runs; null where it is not installed.</summary>
    [JsonPropertyName("bubblewrap_over_floor_ratio")]
    public double? BubblewrapRatio => Rows.Any(row => row.Contender == "bubblewrap") ? OverFloor("bubblewrap", worst: false) / OverFloorUsFreshPer10Static : null;

    /// <summary>The whole report as JSON, names in snake case.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    private double OverFloor(string contender, bool worst = true)
    {
        var values = Rows.Where(row => row.Contender == contender && row.Program == BenchmarkPrograms.StaticName).Select(row => row.OverFloorUs);
        return worst ? values.Max() : values.Min();
    }
}
