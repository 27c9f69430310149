using System.Text;
using System.Text.RegularExpressions;

namespace Gavel.Core.Problems;

/// <summary>
/// A path pattern of <c>submissions.yaml</c>: <c>*</c> matches within one path segment, <c>{a,b}</c> are alternatives.
/// <c>**</c> and <c>[...]</c> do not exist. A pattern that matches a folder matches everything below it.
/// </summary>
public sealed class Glob
{
    private const int MaximumLength = 1000;
    private readonly Regex _exact;
    private readonly Regex _below;

    private Glob(string pattern, string expression)
    {
        Pattern = pattern;
        // NonBacktracking: patterns come from strangers, and matching must stay linear.
        _exact = new(expression + "$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        _below = new(expression + "(?:/|$)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    /// <summary>The pattern as it was written.</summary>
    public string Pattern { get; }

    /// <summary>Reads a pattern.</summary>
    /// <returns>The pattern, or null when it uses <c>**</c>, <c>[</c>, or unbalanced braces, or is absurdly long.</returns>
    public static Glob? Parse(string pattern)
    {
        var expression = new StringBuilder("^");
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '*' && i + 1 < pattern.Length && pattern[i + 1] == '*' || c is '[' or ']')
                return null;

            expression.Append((c, depth) switch
            {
                ('*', _) => "[^/]*",
                ('{', _) => "(?:",
                ('}', > 0) => ")",
                (',', > 0) => "|",
                _ => Regex.Escape(c.ToString()),
            });
            depth += c switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth < 0)
                return null;
        }

        return depth == 0 && pattern.Length <= MaximumLength ? new(pattern, expression.ToString()) : null;
    }

    /// <summary>True when the path, or one of the folders it lies in, matches.</summary>
    public bool Matches(string path) => _below.IsMatch(path);

    /// <summary>True when the path itself matches.</summary>
    public bool MatchesExactly(string path) => _exact.IsMatch(path);

    /// <inheritdoc />
    public override string ToString() => Pattern;
}
