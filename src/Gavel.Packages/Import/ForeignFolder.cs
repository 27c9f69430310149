namespace Gavel.Packages.Import;

/// <summary>A stranger's folder, in which names from its own files are looked up: nothing outside of it is ever found.</summary>
internal sealed class ForeignFolder(string root)
{
    public string Root => root;

    /// <summary>The absolute path of a file; null when it is missing, a link, or outside.</summary>
    public string? File(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Contains('\\', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(name))
            return null;

        var full = Path.GetFullPath(Path.Combine(root, name));
        return full.StartsWith(root + '/', StringComparison.Ordinal) && new FileInfo(full) is { Exists: true, LinkTarget: null } ? full : null;
    }

    /// <summary>The files directly in a folder, by name; none when the folder is missing.</summary>
    public IEnumerable<string> Files(string folder) => Directory.Exists(Path.Combine(root, folder))
        ? Directory.EnumerateFiles(Path.Combine(root, folder)).Where(f => new FileInfo(f).LinkTarget is null).Order(StringComparer.Ordinal)
        : [];

    /// <summary>Copies test data with line ends as Unix has them and a line end at the end.</summary>
    public static void CopyNormalized(string source, string target)
    {
        using var input = new StreamReader(source, System.Text.Encoding.Latin1);
        using var output = new StreamWriter(target, append: false, System.Text.Encoding.Latin1);
        while (input.ReadLine() is { } line)
        {
            output.Write(line);
            output.Write('\n');
        }
    }
}
