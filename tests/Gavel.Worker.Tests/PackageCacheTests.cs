using Gavel.Blobs;
using Gavel.Core;
using Gavel.Packages;
using Gavel.Testing;
using Gavel.Worker.Packages;

namespace Gavel.Worker.Tests;

public sealed class PackageCacheTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-cache-").FullName;
    private readonly List<(PackageHash Hash, string Slug)> _packages = [];
    private CountingStore _store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = new CountingStore(new DiskBlobStore(Path.Combine(_folder, "blobs")));
        foreach (var problem in Directory.GetDirectories(Repository.Problems).Order().Take(3))
        {
            using var zip = new MemoryStream();
            var hash = await PackageArchive.PackAsync(problem, zip, Cancellation);
            zip.Position = 0;
            Assert.Equal(hash.Value, await _store.PutAsync(zip, Cancellation));
            _packages.Add((hash, Path.GetFileName(problem)));
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Many_slots_that_need_a_package_fetch_it_once()
    {
        var cache = Open();

        var uses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => UseAsync(cache, 0)));

        Assert.Equal(1, _store.Reads);
        Assert.All(uses, use => Assert.True(File.Exists(Path.Combine(use.Problem.Folder, "problem.yaml"))));
        Assert.Equal(_packages[0].Slug, uses[0].Problem.Slug);
    }

    [Fact]
    public async Task The_least_recently_used_package_goes_first_and_none_that_is_in_use()
    {
        var cache = Open(bytes: 1);

        using var held = await UseAsync(cache, 0);
        (await UseAsync(cache, 1)).Dispose();
        (await UseAsync(cache, 2)).Dispose();

        Assert.Equal([_packages[0].Hash], cache.Held);
        Assert.True(File.Exists(Path.Combine(held.Problem.Folder, "problem.yaml")));
        Assert.False(Directory.Exists(Path.Combine(_folder, "cache", _packages[1].Hash.Value)));
        using var again = await UseAsync(cache, 1);
        Assert.True(File.Exists(Path.Combine(again.Problem.Folder, "problem.yaml")));
    }

    [Fact]
    public async Task A_restart_keeps_the_packages_and_a_reboot_drops_them()
    {
        (await UseAsync(Open(), 0)).Dispose();
        Directory.CreateDirectory(Path.Combine(_folder, "cache", "half-unpacked"));

        (await UseAsync(Open(), 0)).Dispose();
        var afterRestart = _store.Reads;
        await File.WriteAllTextAsync(Path.Combine(_folder, "cache", "boot"), "another boot", Cancellation);
        (await UseAsync(Open(), 0)).Dispose();

        Assert.Equal(1, afterRestart);
        Assert.Equal(2, _store.Reads);
        Assert.False(Directory.Exists(Path.Combine(_folder, "cache", "half-unpacked")));
    }

    [Fact]
    public async Task A_store_that_is_away_is_no_fault_of_the_package_and_is_asked_again()
    {
        var cache = Open();
        _store.Away = true;
        await Assert.ThrowsAsync<PackageStoreException>(() => UseAsync(cache, 0));

        _store.Away = false;
        using var use = await UseAsync(cache, 0);

        Assert.Equal(_packages[0].Slug, use.Problem.Slug);
    }

    [Fact]
    public async Task A_missing_and_a_damaged_package_are_unusable()
    {
        var cache = Open();
        var nonsense = await _store.PutAsync(new MemoryStream([1, 2, 3]), Cancellation);
        var (hash, _) = _packages[1];
        var file = Path.Combine(_folder, "blobs", hash.Value[..2], hash.Value);
        var content = await File.ReadAllBytesAsync(file, Cancellation);
        content[^30] ^= 1;
        await File.WriteAllBytesAsync(file, content, Cancellation);

        await Assert.ThrowsAsync<PackageUnusableException>(() => cache.UseAsync(new PackageHash(new string('e', 64)), "missing", Cancellation));
        await Assert.ThrowsAsync<PackageUnusableException>(() => cache.UseAsync(new PackageHash(nonsense), "nonsense", Cancellation));
        await Assert.ThrowsAsync<PackageUnusableException>(() => UseAsync(cache, 1));
        Assert.Empty(cache.Held);
    }

    private PackageCache Open(long bytes = long.MaxValue) => new(_store, new WorkerOptions { CacheFolder = Path.Combine(_folder, "cache"), CacheBytes = bytes });

    private Task<PackageUse> UseAsync(PackageCache cache, int package) => cache.UseAsync(_packages[package].Hash, _packages[package].Slug, Cancellation);

    /// <summary>Counts what is read, and can be away.</summary>
    private sealed class CountingStore(IBlobStore inner) : IBlobStore
    {
        private int _reads;

        public int Reads => _reads;

        public bool Away { get; set; }

        public Task<string> PutAsync(Stream content, CancellationToken cancellation) => inner.PutAsync(content, cancellation);

        public Task<Stream?> OpenReadAsync(string hash, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _reads);
            return Away ? throw new IOException("Connection refused") : inner.OpenReadAsync(hash, cancellation);
        }

        public Task<bool> ExistsAsync(string hash, CancellationToken cancellation) => inner.ExistsAsync(hash, cancellation);

        public Task DeleteAsync(string hash, CancellationToken cancellation) => inner.DeleteAsync(hash, cancellation);
    }
}
