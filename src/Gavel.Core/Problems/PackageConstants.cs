using System.Text;
using System.Text.RegularExpressions;

namespace Gavel.Core.Problems;

/// <summary>The constants of a 2025-09 package: <c>{{name}}</c> stands for a value in validators, submissions, include files and Markdown statements.</summary>
/// <param name="Values">Values by name; a variant has the name <c>name.variant</c>.</param>
public sealed partial record PackageConstants(IReadOnlyDictionary<string, string> Values)
{
    /// <summary>A package without constants.</summary>
    public static readonly PackageConstants None = new(new Dictionary<string, string>());

    /// <summary>The text with every known constant replaced; unknown names stay as they are.</summary>
    public string Substitute(string text) => Values.Count == 0
        ? text
        : Tag().Replace(text, match => Values.TryGetValue(match.Groups[1].Value, out var value) ? value : match.Value);

    /// <summary>The file's bytes with every known constant replaced. Works on any encoding that leaves ASCII alone.</summary>
    public ReadOnlyMemory<byte> Substitute(ReadOnlyMemory<byte> file) => Values.Count == 0 || file.Span.IndexOf("{{"u8) < 0
        ? file
        : Encoding.Latin1.GetBytes(Tag().Replace(Encoding.Latin1.GetString(file.Span), match =>
            Values.TryGetValue(match.Groups[1].Value, out var value) ? Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(value)) : match.Value));

    [GeneratedRegex(@"\{\{([a-zA-Z_][a-zA-Z0-9_]*(?:\.[a-zA-Z_][a-zA-Z0-9_]*)?)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
