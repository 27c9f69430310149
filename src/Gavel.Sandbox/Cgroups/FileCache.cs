namespace Gavel.Sandbox.Cgroups;

/// <summary>
/// How much of a cgroup's memory is cache of files on disk. memory.stat is the dearest file to read, so what it said last stays good as long as the memory
/// in use is about the same: a run that left the usage where it was left the cache where it was.
/// </summary>
internal sealed class FileCache(ControlFile memoryStat) : IDisposable
{
    /// <summary>How far the answer may be off, bytes.</summary>
    private const long Tolerance = 128 << 10;

    private long _usage = long.MinValue / 2;
    private long _cache;

    /// <summary>The cache, given the memory in use now.</summary>
    internal long At(long usage) => Math.Abs(usage - _usage) <= Tolerance ? _cache : Read(usage);

    /// <summary>The same, read anew: at a limit the usage stays the same while programs take the cache's place.</summary>
    internal long Read(long usage)
    {
        var (inactive, active) = memoryStat.ReadFields("inactive_file"u8, "active_file"u8);
        (_usage, _cache) = (usage, inactive + active);
        return _cache;
    }

    /// <summary>How many pages were read back that had been dropped a moment before, ever.</summary>
    internal long Refaults() => memoryStat.ReadField("workingset_refault_file"u8);

    /// <inheritdoc/>
    public void Dispose() => memoryStat.Dispose();
}
