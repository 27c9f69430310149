using Gavel.Core;
using Gavel.Judging.Building;
using Gavel.Testing;

namespace Gavel.Judging.Tests.Building;

/// <summary>The cache on its own: shared, bounded, and whole whatever happens in between.</summary>
public sealed class BuildCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-build-cache-").FullName;
    private readonly ManualTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_same_key_is_built_once_however_many_ask_and_survives_the_judge()
    {
        var built = 0;
        var cache = Cache();
        Task<FreshBuild> Build(string app)
        {
            Interlocked.Increment(ref built);
            return WriteAsync(app, "program");
        }

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => cache.GetAsync(Key(1), Build, Cancellation)));
        var later = await Cache().GetAsync(Key(1), Build, Cancellation);

        Assert.Equal(1, built);
        Assert.All(all, build => Assert.Equal(later.AppFolder, build.AppFolder));
        Assert.Equal("program", await File.ReadAllTextAsync(Path.Combine(later.AppFolder!, "program"), Cancellation));
    }

    [Fact]
    public async Task A_refusal_is_not_remembered_for_long()
    {
        var cache = Cache();
        var refused = await cache.GetAsync(Key(8), _ => Task.FromResult(new FreshBuild(false, true, "no compiler")), Cancellation);
        var again = await cache.GetAsync(Key(8), app => WriteAsync(app, "mended"), Cancellation);
        _time.Advance(TimeSpan.FromMinutes(11));

        var later = await cache.GetAsync(Key(8), app => WriteAsync(app, "mended"), Cancellation);

        Assert.Equal((null, null), (refused.AppFolder, again.AppFolder));
        Assert.NotNull(later.AppFolder);
    }

    [Fact]
    public async Task A_build_that_dies_half_way_leaves_nothing_that_is_found()
    {
        await Assert.ThrowsAsync<IOException>(() => Cache().GetAsync(Key(2), app =>
        {
            File.WriteAllText(Path.Combine(app, "half"), "");
            throw new IOException("killed");
        }, Cancellation));

        var again = await Cache().GetAsync(Key(2), app => WriteAsync(app, "whole"), Cancellation);

        Assert.Equal(["program"], Directory.EnumerateFiles(again.AppFolder!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_chance_had_a_part_in_is_not_kept_but_a_plain_compile_error_is()
    {
        var built = 0;
        Task<FreshBuild> Build(bool repeatable) => Task.FromResult(new FreshBuild(false, repeatable, $"error {++built}"));
        var cache = Cache();

        await cache.GetAsync(Key(3), _ => Build(repeatable: false), Cancellation);
        var second = await cache.GetAsync(Key(3), _ => Build(repeatable: true), Cancellation);
        var third = await cache.GetAsync(Key(3), _ => Build(repeatable: true), Cancellation);

        Assert.Equal((2, "error 2", "error 2"), (built, second.Output, third.Output));
    }

    [Theory]
    [InlineData(10, 1000)]
    [InlineData(1000, 5)]
    public async Task It_is_bounded_by_number_and_by_size_and_spares_what_was_used_lately(int capacity, int mebibytes)
    {
        var cache = new BuildCache(_folder, capacity, Bytes.FromMebibytes(mebibytes), _time);
        for (var i = 0; i < BuildCache.EvictEvery - 1; i++)
            await BuildAsync(i);
        var before = Count();

        _time.Advance(TimeSpan.FromHours(2));
        var kept = await cache.GetAsync(Key(3), _ => throw new InvalidOperationException("It is there."), Cancellation);
        await BuildAsync(1000);

        Assert.Equal(BuildCache.EvictEvery - 1, before);
        Assert.InRange(Count(), 2, 10);
        Assert.True(File.Exists(Path.Combine(kept.AppFolder!, "program")));

        async Task BuildAsync(int i) => await cache.GetAsync(Key(i), app => WriteAsync(app, new string('x', 500_000)), Cancellation);
    }

    [Fact]
    public void Leftovers_of_a_killed_judge_are_swept_when_they_are_old_and_only_then()
    {
        var old = Directory.CreateDirectory(Path.Combine(_folder, "scratch", "old"));
        File.WriteAllText(Path.Combine(old.FullName, "half"), "");
        old.LastWriteTimeUtc = _time.GetUtcNow().UtcDateTime.AddHours(-2);
        var fresh = Directory.CreateDirectory(Path.Combine(_folder, "scratch", "fresh"));

        Cache().Sweep();

        Assert.Equal((false, true), (Directory.Exists(old.FullName), Directory.Exists(fresh.FullName)));
    }

    // A name and a content must never trade places, nor may a file be split in two with the same bytes.
    [Fact]
    public void Different_sources_never_have_the_same_key()
    {
        string[][] sources = [["a=bc"], ["ab=c"], ["a=b", "c="], ["a=", "bc="], ["a=bc", "="], ["=abc"], ["b=c", "a="], ["a=", "b=c"]];

        var keys = sources.Select(files => BuildKey.Of("test", files.Select(f => JudgeFixture.File(f.Split('=')[0], f.Split('=')[1]))));

        Assert.Equal(sources.Length, keys.Distinct().Count());
    }

    private BuildCache Cache() => new(_folder, 100, Bytes.FromMebibytes(100), _time);

    private int Count() => Directory.EnumerateDirectories(Path.Combine(_folder, "builds")).SelectMany(Directory.EnumerateDirectories).Count();

    private static string Key(int number)
    {
        using var key = new BuildKey();
        return key.Add($"{number}").ToHex();
    }

    private static async Task<FreshBuild> WriteAsync(string app, string content)
    {
        await File.WriteAllTextAsync(Path.Combine(app, "program"), content, Cancellation);
        return new(true, true, "");
    }
}
