namespace Gavel.Packages.Archives;

/// <summary>Decides what an entry's name means, or why it must not be unpacked.</summary>
internal static class ArchiveEntryName
{
    private const int MaximumLength = 1024;
    private const int MaximumDepth = 24;

    /// <summary>Why the name is refused; null when it is a plain relative path.</summary>
    public static string? Refusal(string name)
    {
        if (name.Length == 0 || name == "/")
            return "an entry without a name.";
        if (name.Length > MaximumLength)
            return $"a name longer than {MaximumLength} characters.";
        if (name.Contains('\\', StringComparison.Ordinal))
            return "a name with a backslash; archives separate folders with '/'.";
        if (name.Any(char.IsControl))
            return "a name with control characters.";
        if (name[0] == '/' || name.Length > 1 && name[1] == ':')
            return "an absolute name.";

        var segments = name.TrimEnd('/').Split('/');
        if (segments.Contains(".."))
            return "a name that leads out of the package.";
        if (segments.Any(s => s is "" or "."))
            return "a name with an empty segment.";
        if (segments.Length > MaximumDepth)
            return $"folders nested deeper than {MaximumDepth} levels.";

        return segments.Any(s => System.Text.Encoding.UTF8.GetByteCount(s) > 255) ? "a name longer than a file system allows." : null;
    }

    /// <summary>True for what the formats treat as absent and packers add on their own: hidden files, except the one that DOMjudge reads.</summary>
    public static bool IsJunk(string name) => name.Split('/', StringSplitOptions.RemoveEmptyEntries) is var segments
        && (segments[0] == "__MACOSX" || segments.Any(s => s[0] == '.' && s != ".timelimit"));

    /// <summary>The target of a link that lies at <paramref name="link"/>, as a path in the archive; null when it leads out.</summary>
    public static string? Resolve(string link, string target)
    {
        if (target.Length == 0 || target[0] == '/' || target.Contains('\\', StringComparison.Ordinal) || target.Any(char.IsControl))
            return null;

        var path = link.Split('/')[..^1].ToList();
        foreach (var segment in target.Split('/').Where(s => s is not ("" or ".")))
        {
            if (segment != "..")
                path.Add(segment);
            else if (path.Count == 0)
                return null;
            else
                path.RemoveAt(path.Count - 1);
        }

        return string.Join('/', path);
    }
}
