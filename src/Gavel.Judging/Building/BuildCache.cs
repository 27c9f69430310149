using System.Collections.Concurrent;
using System.Text;
using Gavel.Core;

namespace Gavel.Judging.Building;

/// <summary>
/// Compilations by the hash of everything that went into them: source, language, command, compiler version. A program appears by one rename, so that a
/// killed judge leaves no half of it; several judges may share the folder.
/// </summary>
/// <remarks>
/// <c>builds/ab/abcdef.../output.txt</c> is what the compiler wrote, <c>.../app/</c> the program; without <c>app</c> the source did not compile.
/// Evicting goes by number and by size, least recently used first, and never takes what was used within the last hour: a cell may be running it.
/// What a killed judge left below <c>scratch/</c> is removed by the next one, once it is as old.
/// </remarks>
internal sealed class BuildCache(string folder, int capacity, Bytes mostBytes, TimeProvider time)
{
    private static readonly TimeSpan InUse = TimeSpan.FromHours(1);

    // A compiler that refuses may do so because of this host, which can be mended without its version changing.
    private static readonly TimeSpan RefusalsLast = TimeSpan.FromMinutes(10);

    /// <summary>Builds between two looks at the size of the cache.</summary>
    internal const int EvictEvery = 64;

    private readonly ConcurrentDictionary<string, Task<CachedBuild>> _running = new(StringComparer.Ordinal);
    private int _published;

    /// <summary>The cached build, or what <paramref name="build"/> makes; two callers with the same key build once.</summary>
    /// <param name="key">Hash of all that matters, lower-case hex.</param>
    /// <param name="build">
    /// Compiles into the folder it is given. Runs without the callers' cancellation, because others may wait for it too; limits bound it.
    /// </param>
    /// <param name="cancellation">Ends the waiting.</param>
    internal async Task<CachedBuild> GetAsync(string key, Func<string, Task<FreshBuild>> build, CancellationToken cancellation)
    {
        var place = Path.Combine(folder, "builds", key[..2], key);
        if (Find(place) is { } found)
            return found;

        var task = _running.GetOrAdd(key, _ => Task.Run(() => BuildAsync(place, build), CancellationToken.None));
        try
        {
            return await task.WaitAsync(cancellation);
        }
        finally
        {
            if (task.IsCompleted)
                _running.TryRemove(new(key, task));
        }
    }

    private async Task<CachedBuild> BuildAsync(string place, Func<string, Task<FreshBuild>> build)
    {
        if (Find(place) is { } found)
            return found;

        using var staging = new ScratchFolder(folder);
        var app = Path.Combine(staging.Path, "app");
        Directory.CreateDirectory(app);
        var fresh = await build(app);
        if (!fresh.Succeeded)
            Directory.Delete(app, recursive: true);
        if (!fresh.Repeatable)
            return new(null, fresh.Output) { TimedOut = fresh.TimedOut };

        var output = Path.Combine(staging.Path, "output.txt");
        await File.WriteAllTextAsync(output, fresh.Output, Encoding.UTF8);
        File.SetLastWriteTimeUtc(output, time.GetUtcNow().UtcDateTime);
        Publish(staging.Path, place);
        return Find(place) ?? throw new BuildException($"The build cache lost '{place}' at once.");
    }

    private void Publish(string staged, string place)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        try
        {
            Directory.Move(staged, place);
        }
        catch (IOException) when (Directory.Exists(place))
        {
            // Another judge on this host was faster, with the same content.
        }

        if (Interlocked.Increment(ref _published) % EvictEvery == 0)
            Evict();
    }

    private CachedBuild? Find(string place)
    {
        var output = Path.Combine(place, "output.txt");
        if (!File.Exists(output))
            return null;

        try
        {
            Directory.SetLastWriteTimeUtc(place, time.GetUtcNow().UtcDateTime);
            var app = Path.Combine(place, "app");
            if (Directory.Exists(app))
                return new(app, File.ReadAllText(output, Encoding.UTF8));
            if (time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(output) < RefusalsLast)
                return new(null, File.ReadAllText(output, Encoding.UTF8));
            Directory.Delete(place, recursive: true);
            return null;
        }
        catch (IOException)
        {
            return null; // evicted by another judge just now
        }
    }

    /// <summary>Removes what a killed judge left half made.</summary>
    internal void Sweep()
    {
        var scratch = new DirectoryInfo(Path.Combine(folder, "scratch"));
        if (!scratch.Exists)
            return;

        var old = time.GetUtcNow().UtcDateTime - InUse;
        foreach (var leftover in scratch.EnumerateDirectories().Where(place => place.LastWriteTimeUtc < old))
            ScratchFolder.Delete(leftover.FullName);
    }

    private void Evict()
    {
        var old = time.GetUtcNow().UtcDateTime - InUse;
        var places = Directory.EnumerateDirectories(Path.Combine(folder, "builds")).SelectMany(Directory.EnumerateDirectories)
            .Select(place => new DirectoryInfo(place)).OrderByDescending(place => place.LastWriteTimeUtc);
        var (count, bytes) = (0, 0L);
        foreach (var place in places)
        {
            bytes += SizeOf(place);
            if ((++count > capacity || bytes > mostBytes.Count) && place.LastWriteTimeUtc < old)
                Remove(place);
        }
    }

    private void Remove(DirectoryInfo place)
    {
        using var grave = new ScratchFolder(folder);
        try
        {
            Directory.Move(place.FullName, Path.Combine(grave.Path, "evicted"));
        }
        catch (IOException)
        {
            // Another judge that shares the folder evicted it just now.
        }
    }

    private static long SizeOf(DirectoryInfo place)
    {
        try
        {
            return place.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        }
        catch (IOException)
        {
            return 0; // evicted by another judge just now
        }
    }
}

/// <summary>A build found in the cache, or just put there.</summary>
/// <param name="AppFolder">The program's folder; null when the source did not compile.</param>
/// <param name="Output">What the compiler wrote.</param>
internal sealed record CachedBuild(string? AppFolder, string Output)
{
    /// <summary>It took too long; such a build is not kept.</summary>
    internal bool TimedOut { get; init; }
}

/// <summary>A build just made.</summary>
/// <param name="Succeeded">It compiled.</param>
/// <param name="Repeatable">True unless chance had a part, such as a time limit on a busy host: only repeatable builds are kept.</param>
/// <param name="Output">What the compiler wrote.</param>
internal sealed record FreshBuild(bool Succeeded, bool Repeatable, string Output)
{
    /// <summary>It took too long.</summary>
    internal bool TimedOut { get; init; }
}
