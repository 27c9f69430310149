using System.Text;
using System.Text.RegularExpressions;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>
/// Splits a line into words as the shell does that Judge0 puts it into: white space separates, quotes and backslashes keep together. What a shell would
/// act on (<c>$&amp;;&lt;&gt;|`</c>) is taken out first; nothing is expanded.
/// </summary>
internal static partial class Judge0Words
{
    public static IReadOnlyList<string> Split(string line)
    {
        line = ShellCharacters().Replace(line, "");
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, started) = ('\0', false);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (started)
                    words.Add(word.ToString());
                word.Clear();
                started = false;
                continue;
            }

            started = true;
            if (quote != '\0' && c == quote)
                quote = '\0';
            else if (quote == '\0' && (c is '"' or '\''))
                quote = c;
            else if (c == '\\' && quote != '\'' && i + 1 < line.Length && (quote == '\0' || line[i + 1] is '"' or '\\'))
                word.Append(line[++i]);
            else
                word.Append(c);
        }

        if (started)
            words.Add(word.ToString());
        return words;
    }

    [GeneratedRegex(@"[$&;<>|`]")]
    private static partial Regex ShellCharacters();
}
