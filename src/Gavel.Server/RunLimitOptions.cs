using System.ComponentModel.DataAnnotations;

namespace Gavel.Server;

/// <summary>Limits of runs: as defaults or as maxima. Those of submissions come with their problem.</summary>
public sealed class RunLimitOptions
{
    /// <summary>CPU time in milliseconds.</summary>
    [Range(1, 3_600_000)]
    public double CpuTimeMs { get; set; } = 10_000;

    /// <summary>Wall time in milliseconds.</summary>
    [Range(1, 3_600_000)]
    public double WallTimeMs { get; set; } = 20_000;

    /// <summary>Memory in bytes.</summary>
    [Range(1 << 20, 1L << 40)]
    public long MemoryBytes { get; set; } = 512L << 20;

    /// <summary>Bytes of standard output; standard error has as many of its own.</summary>
    [Range(0, 1L << 30)]
    public long OutputBytes { get; set; } = 1 << 20;
}
