using System.Diagnostics;
using Gavel.Core.Problems;
using Gavel.Packages;

namespace Gavel.Cli.Local;

/// <summary>A problem package on disk: a folder, or a zip that is unpacked for as long as this lives.</summary>
internal sealed class LocalPackage : IDisposable
{
    private readonly string folder;
    private readonly string? unpacked;
    private readonly IReadOnlyList<PackageIssue> refusals;

    private LocalPackage(string folder, string slug, string? unpacked, IReadOnlyList<PackageIssue> refusals)
    {
        this.folder = folder;
        this.unpacked = unpacked;
        this.refusals = refusals;
        Slug = slug;
    }

    public string Slug { get; }

    public static async Task<LocalPackage> OpenAsync(string path, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
        {
            var folder = Path.GetFullPath(path).TrimEnd('/');
            return new(folder, Path.GetFileName(folder), null, []);
        }

        if (!File.Exists(path))
            throw new UsageException($"there is no problem package {path}: neither a folder nor a zip file.");

        var slug = Path.GetFileNameWithoutExtension(path);
        var target = Directory.CreateTempSubdirectory("gavel-package-").FullName;
        try
        {
            await using var zip = File.OpenRead(path);
            return await PackageArchive.ExtractAsync(zip, target, PackageArchiveLimits.Default, cancellation) switch
            {
                PackageExtraction.Ok(var folder, _) => new(folder, slug, target, []),
                PackageExtraction.Refused(var issues) => new(target, slug, target, issues),
                var other => throw new UnreachableException($"Unmapped result {other}."),
            };
        }
        catch
        {
            Directory.Delete(target, recursive: true);
            throw;
        }
    }

    public PackageReadResult Read() => refusals.Count > 0 ? new PackageReadResult.Refused(refusals) : PackageReader.Read(folder, Slug);

    /// <summary>The problem, or a usage error that lists every reason why it cannot be judged.</summary>
    public Problem ReadOrRefuse(string path) => Read() switch
    {
        PackageReadResult.Ok(var problem) => problem,
        PackageReadResult.Refused(var issues) => throw new UsageException($"{path} cannot be judged:\n{string.Join('\n', issues.Select(i => $"  {i}"))}"),
        var other => throw new UnreachableException($"Unmapped result {other}."),
    };

    public void Dispose()
    {
        if (unpacked is not null)
            Directory.Delete(unpacked, recursive: true);
    }
}
