using System.Collections.Concurrent;
using Gavel.Blobs;
using Gavel.Core;
using Gavel.Packages;

namespace Gavel.Worker.Packages;

/// <summary>Unpacked problem packages on this worker's disk, by hash: fetched once, shared by all slots, evicted when the disk share is full.</summary>
/// <remarks>
/// Theory of operation. An entry is a task that fetches; whoever asks first starts it, the others wait for the same one (single flight). A
/// package appears in the folder by a rename, whole or not at all, so whatever has a hash for a name is complete, unless the machine lost
/// power before the disk had it: the cache is emptied when the machine was booted since. Entries in use are counted and never evicted.
/// </remarks>
public sealed class PackageCache
{
    private readonly ConcurrentDictionary<PackageHash, Lazy<Task<CachedPackage>>> _entries = new();
    private readonly IBlobStore _blobs;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    /// <summary>Opens the cache; keeps what an earlier process left, if it can be trusted.</summary>
    /// <exception cref="IOException">The folder cannot be made or written.</exception>
    public PackageCache(IBlobStore blobs, WorkerOptions options, TimeProvider? time = null)
    {
        _blobs = blobs;
        _options = options;
        _time = time ?? TimeProvider.System;
        Directory.CreateDirectory(options.CacheFolder);
        DropAfterReboot();
        AdoptLeftovers();
    }

    /// <summary>Packages that are on the disk now.</summary>
    public IReadOnlyList<PackageHash> Held =>
        [.. _entries.Where(e => e.Value is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }).Select(e => e.Key)];

    /// <summary>Gives a package to use until it is disposed, fetching it if need be.</summary>
    /// <exception cref="PackageUnusableException">It is not in the store, or it is not a package that can be judged: trying again will not help.</exception>
    /// <exception cref="PackageStoreException">The store failed: trying again later may help.</exception>
    public async Task<PackageUse> UseAsync(PackageHash hash, string slug, CancellationToken cancellation)
    {
        while (true)
        {
            var entry = _entries.GetOrAdd(hash, h => new Lazy<Task<CachedPackage>>(() => Task.Run(() => FetchAsync(h), CancellationToken.None)));
            CachedPackage package;
            try
            {
                package = await entry.Value.WaitAsync(cancellation);
            }
            catch (Exception) when (entry.Value.IsFaulted)
            {
                _entries.TryRemove(new(hash, entry));
                throw;
            }

            lock (_gate)
            {
                // Evicted between finding and using it: fetch again.
                if (package.Evicted)
                    continue;

                package.Users++;
                package.LastUsed = _time.GetTimestamp();
            }

            try
            {
                return new PackageUse(this, package, package.Read(slug));
            }
            catch
            {
                Release(package);
                throw;
            }
        }
    }

    internal void Release(CachedPackage package)
    {
        lock (_gate)
            package.Users--;
        Evict();
    }

    private async Task<CachedPackage> FetchAsync(PackageHash hash)
    {
        var folder = Path.Combine(_options.CacheFolder, hash.Value);
        try
        {
            await using var blob = await _blobs.OpenReadAsync(hash.Value, CancellationToken.None)
                ?? throw new PackageUnusableException($"Package {hash} is not in the blob store.");
            var limits = PackageArchiveLimits.Default with { Archive = _options.LargestPackage, Total = _options.LargestPackage, File = _options.LargestPackage };
            if (await PackageArchive.ExtractAsync(blob, folder, limits, CancellationToken.None) is PackageExtraction.Refused refused)
                throw new PackageUnusableException($"Package {hash}: {string.Join(" ", refused.Issues)}");
        }
        catch (Exception failure) when (failure is not PackageUnusableException)
        {
            throw new PackageStoreException($"Package {hash} could not be fetched: {failure.Message}", failure);
        }

        var package = new CachedPackage(hash, folder, CachedPackage.Measure(folder)) { LastUsed = _time.GetTimestamp() };
        return package;
    }

    /// <summary>Removes the least recently used packages until the rest fits.</summary>
    private void Evict()
    {
        var evicted = new List<CachedPackage>();
        lock (_gate)
        {
            var held = _entries.Values.Where(e => e is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }).Select(e => (Entry: e, Package: e.Value.Result)).ToList();
            var total = held.Sum(h => h.Package.Size);
            foreach (var (entry, package) in held.Where(h => h.Package.Users == 0).OrderBy(h => h.Package.LastUsed))
            {
                if (total <= _options.CacheBytes)
                    break;

                total -= package.Size;
                package.Evicted = true;
                // Out of the way under the lock, so that a fetch of the same package finds its place free.
                package.MoveAside();
                _entries.TryRemove(new(package.Hash, entry));
                evicted.Add(package);
            }
        }

        evicted.ForEach(p => p.Delete());
    }

    private void DropAfterReboot()
    {
        const string bootId = "/proc/sys/kernel/random/boot_id";
        var marker = Path.Combine(_options.CacheFolder, "boot");
        var boot = File.Exists(bootId) ? File.ReadAllText(bootId) : "";
        if (File.Exists(marker) && File.ReadAllText(marker) == boot)
            return;

        foreach (var folder in Directory.GetDirectories(_options.CacheFolder))
            Directory.Delete(folder, recursive: true);
        File.WriteAllText(marker, boot);
    }

    private void AdoptLeftovers()
    {
        foreach (var folder in Directory.GetDirectories(_options.CacheFolder))
        {
            var name = Path.GetFileName(folder);
            if (!BlobHash.IsValid(name))
            {
                Directory.Delete(folder, recursive: true);
                continue;
            }

            var package = new CachedPackage(new PackageHash(name), folder, CachedPackage.Measure(folder));
            _entries[package.Hash] = new Lazy<Task<CachedPackage>>(Task.FromResult(package));
            _ = _entries[package.Hash].Value;
        }

        Evict();
    }
}
