using System.Globalization;
using System.Text.RegularExpressions;

namespace Gavel.Server.Dialects.Piston;

/// <summary>A version of three numbers.</summary>
internal readonly partial record struct SemanticVersion(int Major, int Minor, int Patch) : IComparable<SemanticVersion>
{
    /// <summary>The first version in a text such as <c>gcc (Debian 12.2.0-14) 12.2.0</c>; what is missing is 0.</summary>
    public static SemanticVersion? Find(string text)
    {
        var match = Numbers().Match(text);
        return match.Success ? new(Number(match, 1), Number(match, 2), Number(match, 3)) : null;
    }

    public int CompareTo(SemanticVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");

    private static int Number(Match match, int group) =>
        match.Groups[group].Success && int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;

    [GeneratedRegex(@"(?<![\d.])(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?")]
    private static partial Regex Numbers();
}

/// <summary>A version selector as npm's semver reads it: <c>*</c>, <c>3.x</c>, <c>^3.1</c>, <c>~3.1.2</c>, <c>&gt;=3 &lt;4</c>, <c>1 || 2</c>, <c>1.2 - 2</c>.</summary>
internal static partial class VersionSelector
{
    /// <summary>Whether the selector takes the version; false also for what is no selector.</summary>
    public static bool Matches(string selector, SemanticVersion version)
    {
        if (selector.Length > 100)
            return false;

        return selector.Split("||").Any(alternative =>
            HyphenRange().Match(alternative) is { Success: true } range
                ? Comparator(">=" + range.Groups[1].Value, version) && Comparator("<=" + range.Groups[2].Value, version)
                : Spaces().Replace(alternative.Trim(), "$1").Split(' ', StringSplitOptions.RemoveEmptyEntries).All(c => Comparator(c, version)));
    }

    private static bool Comparator(string text, SemanticVersion version)
    {
        var match = Parts().Match(text);
        if (!match.Success)
            return false;

        var given = new[] { match.Groups[2], match.Groups[3], match.Groups[4] }
            .TakeWhile(g => g.Success && g.Value is not ("x" or "X" or "*")).Select(g => int.Parse(g.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray();
        var least = new SemanticVersion(given.ElementAtOrDefault(0), given.ElementAtOrDefault(1), given.ElementAtOrDefault(2));
        var next = given.Length switch
        {
            0 => new SemanticVersion(int.MaxValue, 0, 0),
            1 => new SemanticVersion(least.Major + 1, 0, 0),
            2 => new SemanticVersion(least.Major, least.Minor + 1, 0),
            _ => new SemanticVersion(least.Major, least.Minor, least.Patch + 1),
        };
        var compatible = least.Major > 0 || given.Length == 1 ? new SemanticVersion(least.Major + 1, 0, 0)
            : least.Minor > 0 || given.Length == 2 ? new SemanticVersion(0, least.Minor + 1, 0) : next;
        var minor = given.Length <= 1 ? next : new SemanticVersion(least.Major, least.Minor + 1, 0);
        return match.Groups[1].Value switch
        {
            ">=" => version.CompareTo(least) >= 0,
            ">" => given.Length > 0 && version.CompareTo(next) >= 0,
            "<=" => version.CompareTo(next) < 0,
            "<" => given.Length > 0 && version.CompareTo(least) < 0,
            "^" => given.Length == 0 || version.CompareTo(least) >= 0 && version.CompareTo(compatible) < 0,
            "~" => given.Length == 0 || version.CompareTo(least) >= 0 && version.CompareTo(minor) < 0,
            _ => version.CompareTo(least) >= 0 && version.CompareTo(next) < 0,
        };
    }

    [GeneratedRegex(@"^(>=|<=|>|<|\^|~|=)?v?(\d{1,6}|[xX*])(?:\.(\d{1,6}|[xX*]))?(?:\.(\d{1,6}|[xX*]))?(?:[-+][0-9A-Za-z.-]+)?$")]
    private static partial Regex Parts();

    [GeneratedRegex(@"^\s*(\S+)\s+-\s+(\S+)\s*$")]
    private static partial Regex HyphenRange();

    [GeneratedRegex(@"(>=|<=|>|<|\^|~|=)\s+")]
    private static partial Regex Spaces();
}
