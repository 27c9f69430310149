using System.Text.RegularExpressions;

namespace Gavel.Architecture.Tests;

/// <summary>Finds the links of a Markdown text that point into the repository.</summary>
internal static partial class MarkdownLinks
{
    public static IEnumerable<string> In(string text) =>
        from Match link in Link().Matches(Fenced().Replace(text, ""))
        let target = link.Groups[1].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
        select Uri.UnescapeDataString(target);

    [GeneratedRegex(@"\]\(<?([^)\s>]+)>?\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();
}
