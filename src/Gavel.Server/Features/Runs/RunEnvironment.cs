using System.Text;
using System.Text.RegularExpressions;

namespace Gavel.Server.Features.Runs;

/// <summary>Which environment variables a run may set. Any name will do: a program could set it itself.</summary>
internal static partial class RunEnvironment
{
    private const int Most = 64, LongestName = 100, MostBytes = 16 * 1024;

    /// <summary>What is wrong; null when nothing is.</summary>
    public static string? WhyNot(IReadOnlyDictionary<string, string>? variables)
    {
        if (variables is null)
            return null;
        if (variables.Count > Most || variables.Sum(v => Encoding.UTF8.GetByteCount(v.Key) + Encoding.UTF8.GetByteCount(v.Value)) > MostBytes)
            return $"At most {Most} variables of together at most 16 KiB.";
        if (variables.Keys.FirstOrDefault(name => name.Length > LongestName || !Name().IsMatch(name)) is { } bad)
            return $"'{string.Concat(bad.Take(LongestName).Select(c => char.IsControl(c) ? '?' : c))}' is no name of a variable: letters, digits and underscores, no digit first.";

        return variables.Values.Any(value => value.Contains('\0', StringComparison.Ordinal)) ? "Values cannot contain NUL characters." : null;
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Name();
}
