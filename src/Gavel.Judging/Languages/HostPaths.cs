using System.Text.RegularExpressions;

namespace Gavel.Judging.Languages;

/// <summary>The <c>paths</c> of a language, looked up on this host: for each name the newest match of the first pattern that has one.</summary>
internal sealed partial class HostPaths
{
    private readonly Dictionary<string, string> found = new(StringComparer.Ordinal);

    private HostPaths(Language language)
    {
        foreach (var (name, patterns) in language.Paths)
        {
            if (patterns.Select(pattern => Newest(pattern, language.RootFolder)).FirstOrDefault(path => path is not null) is { } path)
                found.Add(name, path);
            else
                Missing.Add(name);
        }
    }

    internal List<string> Missing { get; } = [];

    internal static HostPaths Resolve(Language language) => new(language);

    internal string Replace(string argument)
    {
        foreach (var (name, path) in found)
            argument = argument.Replace($"{{{name}}}", path, StringComparison.Ordinal);

        return argument;
    }

    /// <summary>The newest match of a pattern, as it is called below the root folder (null: the host's root); null when there is none.</summary>
    internal static string? Newest(string pattern, string? rootFolder)
    {
        IEnumerable<string> candidates = [rootFolder ?? "/"];
        foreach (var segment in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            candidates = segment.Contains('*', StringComparison.Ordinal)
                ? candidates.SelectMany(folder => Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder, segment) : [])
                : candidates.Select(folder => Path.Combine(folder, segment)).Where(Path.Exists);
        }

        var newest = candidates.MaxBy(Numbers, Comparer<IReadOnlyList<long>>.Create(CompareNumbers));
        return rootFolder is null || newest is null ? newest : "/" + Path.GetRelativePath(rootFolder, newest);
    }

    // 10.0.9 is older than 10.0.12: versions are compared by their numbers.
    private static IReadOnlyList<long> Numbers(string path) =>
        [.. Digits().Matches(path).Select(m => long.TryParse(m.Value, out var number) ? number : long.MaxValue)];

    private static int CompareNumbers(IReadOnlyList<long>? left, IReadOnlyList<long>? right)
    {
        foreach (var (a, b) in left!.Zip(right!))
            if (a != b)
                return a.CompareTo(b);

        return left!.Count.CompareTo(right!.Count);
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
