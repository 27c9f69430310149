using Gavel.Core;
using Gavel.Core.Problems;
using Gavel.Packages;

namespace Gavel.Worker.Packages;

/// <summary>A package on the disk. The mutable members belong to the cache's lock.</summary>
internal sealed class CachedPackage(PackageHash hash, string folder, long size)
{
    private readonly Lock _reading = new();
    private string _folder = folder;
    private Problem? _problem;

    public PackageHash Hash => hash;

    /// <summary>Bytes of all its files.</summary>
    public long Size => size;

    public int Users { get; set; }

    public long LastUsed { get; set; }

    public bool Evicted { get; set; }

    public static long Measure(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    /// <summary>The problem; read once.</summary>
    public Problem Read(string slug)
    {
        lock (_reading)
        {
            if (_problem is not null)
                return _problem with { Slug = slug };

            return _problem = PackageReader.Read(_folder, slug) switch
            {
                PackageReadResult.Ok(var problem) => problem,
                PackageReadResult.Refused(var issues) => throw new PackageUnusableException($"Package {hash}: {string.Join(" ", issues)}"),
                var other => throw new System.Diagnostics.UnreachableException($"Unmapped result {other}."),
            };
        }
    }

    public void MoveAside()
    {
        var aside = $"{_folder}.evicted-{Guid.NewGuid():n}";
        Directory.Move(_folder, aside);
        _folder = aside;
    }

    public void Delete() => Directory.Delete(_folder, recursive: true);
}

/// <summary>A package that stays on the disk until this is disposed.</summary>
public sealed class PackageUse : IDisposable
{
    private readonly PackageCache _cache;
    private CachedPackage? _package;

    internal PackageUse(PackageCache cache, CachedPackage package, Problem problem)
    {
        _cache = cache;
        _package = package;
        Problem = problem;
    }

    /// <summary>The problem as read from the package.</summary>
    public Problem Problem { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _package, null) is { } package)
            _cache.Release(package);
    }
}

/// <summary>A package is missing or cannot be judged; trying again will not help.</summary>
public sealed class PackageUnusableException(string message) : Exception(message);

/// <summary>The blob store failed; trying again later may help.</summary>
public sealed class PackageStoreException(string message, Exception inner) : Exception(message, inner);
