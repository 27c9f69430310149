using System.Buffers;
using System.IO.Compression;
using Gavel.Core.Problems;

namespace Gavel.Packages.Archives;

/// <summary>
/// Unpacks one archive. Files are written into a fresh folder that nobody else knows, never through a link: links are resolved inside the archive and become
/// copies in the end. Any defect aborts; the caller removes the folder.
/// </summary>
internal sealed class ArchiveExtractor(ZipArchive archive, long archiveSize, string folder, PackageArchiveLimits limits)
{
    private const int FileTypeMask = 0xF000;
    private const int Directory = 0x4000;
    private const int Regular = 0x8000;
    private const int Link = 0xA000;
    private const int MaximumLinkTarget = 4096;
    private const int MaximumLinks = 16;
    private long _total;

    /// <summary>Unpacks what lies below <paramref name="prefix"/> (empty, or a folder name with a final slash).</summary>
    /// <returns>The defect that stopped it, or null.</returns>
    public async Task<PackageIssue?> ExtractAsync(string prefix, CancellationToken ct)
    {
        var files = new HashSet<string>();
        var links = new Dictionary<string, string>();
        foreach (var entry in archive.Entries.Where(e => e.FullName.Length > prefix.Length && e.FullName.StartsWith(prefix, StringComparison.Ordinal)))
        {
            ct.ThrowIfCancellationRequested();
            var name = entry.FullName[prefix.Length..];
            if (ArchiveEntryName.IsJunk(name))
                continue;

            var type = (entry.ExternalAttributes >> 16) & FileTypeMask;
            if (name.EndsWith('/'))
            {
                System.IO.Directory.CreateDirectory(Path.Combine(folder, name));
                continue;
            }

            if (type is not (0 or Regular or Link))
                return Defect(entry, type == Directory ? "a folder without the final slash." : "neither a file, a folder nor a link.");

            if (type == Link)
            {
                var (target, problem) = await ReadLinkAsync(entry, ct);
                if (problem is not null)
                    return problem;
                if (ArchiveEntryName.Resolve(name, target!) is not { } resolved)
                    return Defect(entry, "a link that leads out of the package.");
                links[name] = resolved;
            }
            else
            {
                files.Add(name);
                if (await WriteAsync(entry, Path.Combine(folder, name), ct) is { } defect)
                    return defect;
            }
        }

        return CopyLinks(prefix, files, links);
    }

    private async Task<PackageIssue?> WriteAsync(ZipArchiveEntry entry, string path, CancellationToken ct)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            await using var source = await entry.OpenAsync(ct);
            await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);
            var crc = new Crc32();
            long size = 0;
            for (int read; (read = await source.ReadAsync(buffer, ct)) > 0;)
            {
                size += read;
                if (Exceeds(entry, size, read) is { } defect)
                    return defect;

                crc.Append(buffer.AsSpan(0, read));
                await target.WriteAsync(buffer.AsMemory(0, read), ct);
            }

            if (size != entry.Length || crc.Value != entry.Crc32)
                return Defect(entry, "a damaged entry: its size or checksum is wrong.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        // Zips made without Unix modes lose the bit that build and run scripts need.
        var executable = (entry.ExternalAttributes >> 16 & 0x49) != 0 || Path.GetFileName(path) is "build" or "run";
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)(executable ? 0b111_101_101 : 0b110_100_100));
        return null;
    }

    private PackageIssue? Exceeds(ZipArchiveEntry entry, long size, int more)
    {
        _total += more;
        if (size > limits.File.Count)
            return Defect(entry, $"larger than the {limits.File} that one file may have.");
        if (_total > limits.Total.Count)
            return Defect(entry, $"the archive unpacks to more than {limits.Total}.");
        if (_total > limits.RatioFloor.Count && _total > archiveSize * limits.Ratio)
            return Defect(entry, $"the archive unpacks to more than {limits.Ratio} times its size.");

        return null;
    }

    private async Task<(string? Target, PackageIssue? Defect)> ReadLinkAsync(ZipArchiveEntry entry, CancellationToken ct)
    {
        if (entry.Length > MaximumLinkTarget)
            return (null, Defect(entry, "a link with an endless target."));

        await using var source = await entry.OpenAsync(ct);
        var bytes = new byte[MaximumLinkTarget + 1];
        var length = await source.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        return length > MaximumLinkTarget ? (null, Defect(entry, "a link with an endless target.")) : (System.Text.Encoding.UTF8.GetString(bytes, 0, length), null);
    }

    private PackageIssue? CopyLinks(string prefix, HashSet<string> files, Dictionary<string, string> links)
    {
        foreach (var (link, first) in links)
        {
            var target = first;
            for (var hops = 0; links.TryGetValue(target, out var next) && hops <= MaximumLinks; hops++)
                target = next;

            if (!files.Contains(target))
                return new(prefix + link, null, "Refused: a link that leads nowhere, or to a folder; only links to files of the package are supported.");

            var source = new FileInfo(Path.Combine(folder, target));
            _total += source.Length;
            if (_total > limits.Total.Count)
                return new(prefix + link, null, $"Refused: with its links copied, the archive unpacks to more than {limits.Total}.");

            var path = Path.Combine(folder, link);
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            source.CopyTo(path);
        }

        return null;
    }

    private static PackageIssue Defect(ZipArchiveEntry entry, string what) => new(Shorten(entry.FullName), null, $"Refused: {what}");

    internal static string Shorten(string name) => new([.. (name.Length <= 200 ? name : name[..197] + "...").Select(c => char.IsControl(c) ? '?' : c)]);
}
