using System.ComponentModel.DataAnnotations;
using Gavel.Core;

namespace Gavel.Worker;

/// <summary>How a worker works on this host.</summary>
public sealed class WorkerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Gavel:Worker";

    /// <summary>The worker's name, shown to operators and kept with every judging. Unique per process.</summary>
    [Required, StringLength(200)]
    public string Name { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>Jobs under way at a time.</summary>
    [Range(1, 1024)]
    public int Slots { get; set; } = Environment.ProcessorCount;

    /// <summary>Where unpacked problem packages are kept. May be deleted while no worker runs.</summary>
    [Required]
    public string CacheFolder { get; set; } = "";

    /// <summary>Unpacked packages kept, in bytes; the least recently used go first, but none that is in use.</summary>
    [Range(1L, long.MaxValue)]
    public long CacheBytes { get; set; } = 20L << 30;

    /// <summary>How long judgings that are under way may go on after the worker was told to stop; then they are handed back.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How often the worker reports to the fleet and hears what is wanted of it.</summary>
    public TimeSpan BeatInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a slot rests after the blob store failed it.</summary>
    public TimeSpan OutagePause { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>What a package may unpack to.</summary>
    public Bytes LargestPackage { get; set; } = Bytes.FromMebibytes(8192);
}
