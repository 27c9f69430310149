using System.Text;

namespace Gavel.Packages.Configuration;

/// <summary>Splits a line of arguments as a shell would, without expanding anything.</summary>
internal static class ArgumentLine
{
    /// <summary>The arguments; null when a quote is not closed.</summary>
    public static IReadOnlyList<string>? Split(string line)
    {
        var arguments = new List<string>();
        var current = new StringBuilder();
        var open = false;
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote == '\'' && c != '\'' || quote == '"' && c is not ('"' or '\\'))
                current.Append(c);
            else if (quote != '\0' && c == quote)
                quote = '\0';
            else if (c == '\\' && i + 1 < line.Length)
            {
                // Inside double quotes a backslash escapes only what would otherwise be special.
                if (quote == '"' && line[i + 1] is not ('"' or '\\' or '$' or '`'))
                    current.Append(c);
                current.Append(line[++i]);
                open = true;
            }
            else if (quote == '\0' && c is '"' or '\'' && quote == '\0')
            {
                quote = c;
                open = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (open || current.Length > 0)
                    arguments.Add(current.ToString());
                current.Clear();
                open = false;
            }
            else
                current.Append(c);
        }

        if (quote != '\0')
            return null;

        if (open || current.Length > 0)
            arguments.Add(current.ToString());
        return arguments;
    }
}
