using System.IO.Compression;
using Gavel.Core;
using Gavel.Packages.Archives;
using Gavel.Packages.Reading;

namespace Gavel.Packages;

/// <summary>Problem packages as zip archives (<c>.zip</c>, <c>.kpp</c>).</summary>
public static class PackageArchive
{
    private const int RegularFile = 0b1000 << 12;

    // Zip cannot express anything earlier; a fixed time makes equal packages equal archives.
    private static readonly DateTimeOffset s_timestamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Unpacks a stranger's package archive, whether or not it has one folder around everything. Refuses names that lead out, links that leave the package,
    /// duplicate names, devices, damaged or encrypted entries and bombs. Hidden files are left out, as the formats demand.
    /// </summary>
    /// <param name="zip">The archive. One that cannot be sought is copied to a temporary file first.</param>
    /// <param name="folder">Where to put the package; must not exist or be empty. Appears whole or not at all.</param>
    /// <param name="limits">What may come out.</param>
    /// <param name="ct">Stops the work; what was written is removed.</param>
    public static Task<PackageExtraction> ExtractAsync(Stream zip, string folder, PackageArchiveLimits limits, CancellationToken ct) =>
        ExtractAsync(zip, folder, limits, ["problem.yaml"], ct);

    /// <summary>Packs a package into a canonical archive: the same files give the same bytes, whatever their order, times and owners.</summary>
    /// <param name="folder">The package. Hidden files and names outside the format's alphabet are left out; links become files.</param>
    /// <param name="target">Gets the archive; need not be seekable.</param>
    /// <param name="ct">Stops the work.</param>
    /// <param name="topFolder">The one folder of the archive that everything lies in, as Kattis packages have it; null for none, as DOMjudge's have it.</param>
    /// <returns>The SHA-256 of the archive.</returns>
    /// <exception cref="InvalidDataException">A link in the folder leads out of it, or a file cannot be read.</exception>
    public static async Task<PackageHash> PackAsync(string folder, Stream target, CancellationToken ct, string? topFolder = null)
    {
        var issues = new PackageIssues();
        var root = PackageFolder.Read(folder, issues);
        if (issues.Errors.Count > 0)
            throw new InvalidDataException(issues.Errors[0].ToString());

        var files = root.AllFiles.ToDictionary(f => f.Path, f => f.FullPath);
        if (new FileInfo(Path.Combine(root.FullPath, ".timelimit")) is { Exists: true, LinkTarget: null } timeLimit)
            files[".timelimit"] = timeLimit.FullName;

        using var hashing = new HashingStream(target);
        await using (var archive = new ZipArchive(hashing, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, fullPath) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                var executable = !OperatingSystem.IsWindows() && (File.GetUnixFileMode(fullPath) & UnixFileMode.UserExecute) != 0;
                var entry = archive.CreateEntry(topFolder is null ? path : $"{topFolder}/{path}", CompressionLevel.Optimal);
                entry.LastWriteTime = s_timestamp;
                entry.ExternalAttributes = (RegularFile | (executable ? 0b111_101_101 : 0b110_100_100)) << 16;
                await using var content = await entry.OpenAsync(ct);
                await using var file = File.OpenRead(fullPath);
                await file.CopyToAsync(content, ct);
            }
        }

        await target.FlushAsync(ct);
        return new(hashing.Hash());
    }

    /// <summary>As the public method, for archives of any format: the package's root is where one of <paramref name="landmarks"/> lies, at the top or in the only folder; without landmarks it is the top.</summary>
    internal static async Task<PackageExtraction> ExtractAsync(Stream zip, string folder, PackageArchiveLimits limits, IReadOnlyList<string> landmarks, CancellationToken ct)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() || File.Exists(folder))
            throw new IOException($"{folder} exists already.");

        var target = Path.GetFullPath(folder).TrimEnd('/');
        var parent = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(parent);
        var partial = Path.Combine(parent, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(partial);
            var content = Path.Combine(partial, "content");
            Directory.CreateDirectory(content);
            await using var spool = zip.CanSeek ? null : new FileStream(Path.Combine(partial, "archive"), FileMode.CreateNew, FileAccess.ReadWrite);
            if (spool is not null && !await SpoolAsync(zip, spool, limits, ct) || zip.CanSeek && zip.Length - zip.Position > limits.Archive.Count)
                return Refuse("The archive", $"Refused: larger than {limits.Archive}.");

            var result = await ExtractSeekableAsync(spool ?? zip, content, limits, landmarks, ct);
            if (result is not PackageExtraction.Ok ok)
                return result;

            if (Directory.Exists(target))
                Directory.Delete(target);
            Directory.Move(content, target);
            return ok with { Folder = target };
        }
        catch (InvalidDataException e)
        {
            return Refuse("The archive", $"Refused: not a readable zip archive ({e.Message})");
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException or OverflowException or EndOfStreamException)
        {
            // What the zip reader throws on exotic and on hostile headers.
            return Refuse("The archive", $"Refused: not a zip archive that can be read ({e.Message})");
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }

    private static async Task<PackageExtraction> ExtractSeekableAsync(Stream zip, string folder, PackageArchiveLimits limits, IReadOnlyList<string> landmarks, CancellationToken ct)
    {
        var size = zip.Length - zip.Position;
        if (await ZipDirectory.HasMoreEntriesAsync(zip, limits.Entries, ct))
            return Refuse("The archive", $"Refused: more than {limits.Entries} entries.");

        await using var archive = await ZipArchive.CreateAsync(zip, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, ct);
        var names = new HashSet<string>();
        foreach (var entry in archive.Entries)
        {
            var refusal = ArchiveEntryName.Refusal(entry.FullName)
                ?? (names.Add(entry.FullName.TrimEnd('/')) ? entry.IsEncrypted ? "an encrypted entry." : null : "a name that occurs twice.");
            if (refusal is not null)
                return Refuse(ArchiveExtractor.Shorten(entry.FullName), $"Refused: {refusal}");
        }

        var files = archive.Entries.Select(e => e.FullName).Where(n => !n.EndsWith('/') && !ArchiveEntryName.IsJunk(n)).ToHashSet();
        if (files.FirstOrDefault(f => Parents(f).Any(files.Contains)) is { } below)
            return Refuse(ArchiveExtractor.Shorten(below), "Refused: one of its folders is also a file.");

        var tops = files.Select(f => f.Split('/')[0]).Distinct().ToList();
        string? top = landmarks.Count == 0 || landmarks.Any(files.Contains) ? "" : tops is [var only] && landmarks.Any(l => files.Contains($"{only}/{l}")) ? only + "/" : null;
        if (top is null)
            return Refuse(landmarks[0], $"Missing: the archive has no {string.Join(" or ", landmarks)}, neither at the top nor in its only folder.");

        var defect = await new ArchiveExtractor(archive, size, folder, limits).ExtractAsync(top, ct);
        return defect is null ? new PackageExtraction.Ok(folder, top.Length == 0 ? null : tops[0]) : new PackageExtraction.Refused([defect]);
    }

    private static IEnumerable<string> Parents(string name)
    {
        for (var slash = name.LastIndexOf('/'); slash > 0; slash = name.LastIndexOf('/', slash - 1))
            yield return name[..slash];
    }

    private static async Task<bool> SpoolAsync(Stream source, Stream target, PackageArchiveLimits limits, CancellationToken ct)
    {
        var buffer = new byte[1 << 16];
        long size = 0;
        for (int read; (read = await source.ReadAsync(buffer, ct)) > 0;)
        {
            size += read;
            if (size > limits.Archive.Count)
                return false;
            await target.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        target.Position = 0;
        return true;
    }

    private static PackageExtraction.Refused Refuse(string file, string message) => new([new(file, null, message)]);
}
