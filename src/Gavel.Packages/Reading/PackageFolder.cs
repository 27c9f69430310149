using System.Text.RegularExpressions;

namespace Gavel.Packages.Reading;

/// <summary>
/// A folder of a package as the format sees it: names outside the format's alphabet do not exist, links may point inside the package only.
/// Everything is in ordinal order, so that reading is deterministic.
/// </summary>
internal sealed partial record PackageFolder(string Name, string Path, string FullPath, IReadOnlyList<PackageFile> Files, IReadOnlyList<PackageFolder> Folders)
{
    private const int MaximumDepth = 24;
    private const int MaximumEntries = 200_000;

    /// <summary>Every file in and below this folder.</summary>
    public IEnumerable<PackageFile> AllFiles => Files.Concat(Folders.SelectMany(f => f.AllFiles));

    public PackageFolder? Folder(string name) => Folders.FirstOrDefault(f => f.Name == name);

    public PackageFile? File(string name) => Files.FirstOrDefault(f => f.Name == name);

    /// <summary>Lists the package at <paramref name="root"/>, recording what is left out and why.</summary>
    public static PackageFolder Read(string root, PackageIssues issues)
    {
        var full = System.IO.Path.GetFullPath(root).TrimEnd('/');
        var entries = 0;
        return ReadFolder(new DirectoryInfo(full), "", 0);

        PackageFolder ReadFolder(DirectoryInfo folder, string path, int depth)
        {
            var files = new List<PackageFile>();
            var folders = new List<PackageFolder>();
            foreach (var entry in Entries(folder, path))
            {
                var entryPath = path.Length == 0 ? entry.Name : $"{path}/{entry.Name}";
                if (++entries > MaximumEntries)
                {
                    if (entries == MaximumEntries + 1)
                        issues.Error(entryPath, null, $"The package holds more than {MaximumEntries} files and folders.");
                    break;
                }

                if (!AllowedName().IsMatch(entry.Name))
                {
                    if (entry.Name[0] != '.')
                        issues.Warn(entryPath, null, "Ignored: the format allows only letters, digits, '_', '.' and '-' in names, with no '.' or '-' first.");
                    continue;
                }

                if (entry.LinkTarget is not null && !StaysInside(entry))
                {
                    issues.Error(entryPath, null, "A link that leads out of the package, or nowhere.");
                    continue;
                }

                if (Directory.Exists(entry.FullName))
                {
                    if (depth < MaximumDepth)
                        folders.Add(ReadFolder(new DirectoryInfo(entry.FullName), entryPath, depth + 1));
                    else
                        issues.Error(entryPath, null, $"Folders are nested deeper than {MaximumDepth} levels.");
                }
                else
                    files.Add(new(entry.Name, entryPath, entry.FullName));
            }

            return new(path.Length == 0 ? "" : folder.Name, path, folder.FullName, files, folders);
        }

        IEnumerable<FileSystemInfo> Entries(DirectoryInfo folder, string path)
        {
            try
            {
                return [.. folder.EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal)];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                issues.Error(path, null, $"The folder cannot be read: {e.Message}");
                return [];
            }
        }

        bool StaysInside(FileSystemInfo link)
        {
            try
            {
                var target = RealPath(link.FullName);
                return target is not null && target.StartsWith(RealPath(full) + '/', StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    /// <summary>The path with every link in it followed, or null when it leads nowhere.</summary>
    private static string? RealPath(string path)
    {
        var real = "/";
        var rest = new Stack<string>(System.IO.Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        for (var links = 0; rest.TryPop(out var segment);)
        {
            if (segment == "..")
            {
                real = System.IO.Path.GetDirectoryName(real) ?? "/";
                continue;
            }

            var next = System.IO.Path.Combine(real, segment);
            FileSystemInfo info = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            if (info.LinkTarget is not { } target)
            {
                if (!info.Exists)
                    return null;

                real = next;
                continue;
            }

            if (++links > 40)
                return null;

            if (target.StartsWith('/'))
                real = "/";
            foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".").Reverse())
                rest.Push(part);
        }

        return real;
    }

    /// <summary>True for names that the formats allow for files and folders.</summary>
    public static bool IsAllowed(string name) => AllowedName().IsMatch(name) && !name.EndsWith('\n');

    [GeneratedRegex("^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,254}$", RegexOptions.CultureInvariant)]
    private static partial Regex AllowedName();
}
