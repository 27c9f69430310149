using System.ComponentModel.DataAnnotations;

namespace Gavel.Judging;

/// <summary>How a judge works on this host.</summary>
public sealed class JudgeOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Gavel:Judging";

    /// <summary>Programs that run at the same time: one per core that may be used for judging.</summary>
    [Range(1, 1024)]
    public int Slots { get; set; } = Environment.ProcessorCount;

    /// <summary>Where compiled programs, prepared toolchains and temporary files are kept. May be deleted while no judge runs.</summary>
    [Required]
    public string CacheFolder { get; set; } = "";

    /// <summary>Programs kept in the build cache; the least recently used go first, but none that was used within the last hour.</summary>
    [Range(1, 1_000_000)]
    public int CachedBuilds { get; set; } = 5000;

    /// <summary>Disk space of the build cache in MiB, kept as far as builds of the last hour allow; precompiled headers and class archives count, too.</summary>
    [Range(1, 100_000_000)]
    public int CachedBuildsMiB { get; set; } = 8192;
}
