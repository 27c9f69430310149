using System.Text;
using System.Text.RegularExpressions;

namespace Gavel.Judging.Languages;

/// <summary>
/// One entry of a language's list of allowed compiler flags, for example <c>-O(0|1|2|3)</c> or <c>-D{name}[={value}]</c>: plain text, <c>(a|b)</c> for
/// alternatives, <c>[...]</c> for what may be left out, and one of the placeholders below. A flag is one argument and must match as a whole.
/// </summary>
/// <remarks>
/// No placeholder matches a slash, a comma, a quote, an @ or a space. A flag can therefore name no file or folder, carry no second flag for another
/// stage (<c>-Wl,...</c>), and point to no response file, whatever a later entry of the table may say around a placeholder.
/// </remarks>
public sealed class FlagPattern
{
    private static readonly Dictionary<string, string> Placeholders = new(StringComparer.Ordinal)
    {
        ["{name}"] = "[A-Za-z_][A-Za-z0-9_]{0,63}",
        ["{value}"] = "[A-Za-z0-9_.+-]{0,64}",
        ["{word}"] = "[A-Za-z][A-Za-z0-9-]{0,63}",
        ["{number}"] = "[0-9]{1,9}",
    };

    private readonly Regex _regex;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="LanguageTableException">It is malformed: brackets that do not match, or an unknown placeholder.</exception>
    public FlagPattern(string text)
    {
        Text = text;
        try
        {
            _regex = new($"^(?:{Translate(text)})\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (ArgumentException)
        {
            throw new LanguageTableException($"The flag pattern '{text}' is malformed: its brackets do not match.");
        }
    }

    /// <summary>The pattern as it was written; what people are shown.</summary>
    public string Text { get; }

    /// <summary>True when the flag is allowed by this entry.</summary>
    public bool Matches(string flag) => _regex.IsMatch(flag);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string Translate(string text)
    {
        var regex = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '{')
            {
                var end = text.IndexOf('}', at);
                var name = end < 0 ? text[at..] : text[at..(end + 1)];
                regex.Append(Placeholders.TryGetValue(name, out var characters) ? characters : throw new LanguageTableException($"The flag pattern '{text}' has the unknown placeholder '{name}'."));
                at = end;
                continue;
            }

            regex.Append(text[at] switch
            {
                '(' or '[' => "(?:",
                ')' => ")",
                ']' => ")?",
                '|' => "|",
                var plain => Regex.Escape(plain.ToString()),
            });
        }

        return regex.ToString();
    }
}
