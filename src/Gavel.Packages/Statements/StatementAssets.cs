using Gavel.Packages.Reading;

namespace Gavel.Packages.Statements;

/// <summary>The files beside a statement that it may show.</summary>
internal sealed class StatementAssets(string folder, string statement, Func<string, string> url, PackageIssues issues)
{
    private static readonly string[] s_images = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"];
    private static readonly string[] s_guesses = [".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp", ".pdf"];

    public string Folder => folder;

    /// <summary>The file itself, below the folder and existing; null otherwise.</summary>
    public static string? Find(string folder, string name, IReadOnlyList<string> extensions)
    {
        if (name.Length is 0 or > 255 || name.Contains('\0', StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal) || Path.IsPathRooted(name))
            return null;

        var full = Path.GetFullPath(Path.Combine(folder, name));
        return full.StartsWith(folder + '/', StringComparison.Ordinal) && extensions.Contains(Path.GetExtension(full).ToLowerInvariant()) && File.Exists(full)
            && new FileInfo(full).LinkTarget is null
            ? full
            : null;
    }

    /// <summary>The URL of an image that the statement names; null, with an issue, when there is none that a browser can show.</summary>
    public string? ImageUrl(string name)
    {
        if (Find(folder, name, s_images) is { } path)
            return url(Path.GetRelativePath(folder, path));

        issues.Warn(statement, null, $"The image '{Shorten(name)}' is not shown: it must be a file beside the statement, in a format that browsers show.");
        return null;
    }

    /// <summary>The name with its extension, where LaTeX leaves it out.</summary>
    public string Complete(string name) =>
        File.Exists(Path.Combine(folder, name)) ? name : s_guesses.Select(e => name + e).FirstOrDefault(n => Find(folder, n, s_guesses) is not null) ?? name;

    private static string Shorten(string name) => name.Length <= 80 ? name : name[..77] + "...";
}
