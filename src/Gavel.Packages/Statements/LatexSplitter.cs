namespace Gavel.Packages.Statements;

/// <summary>Splits the body of a list or a table at what separates its parts, leaving groups, math, comments and inner environments whole.</summary>
internal static class LatexSplitter
{
    public const string Item = "\\item";
    public const string Row = "\\\\";
    public const string Cell = "&";

    /// <summary>The parts with the line each begins on.</summary>
    public static IReadOnlyList<(string Text, int Line)> Split(string body, int line, string separator)
    {
        var parts = new List<(string Text, int Line)>();
        var (start, braces, environments) = (0, 0, 0);
        for (var i = 0; i < body.Length; i++)
        {
            if (braces == 0 && environments == 0 && IsAt(body, i, separator))
            {
                Add(i);
                i += separator.Length - 1;
                // A row's end may carry a distance.
                if (separator == Row && i + 1 < body.Length && body[i + 1] == '[' && body.IndexOf(']', i) is > 0 and var close)
                    i = close;
                start = i + 1;
                continue;
            }

            switch (body[i])
            {
                case '{':
                    braces++;
                    break;
                case '}':
                    braces--;
                    break;
                case '%':
                    var end = body.IndexOf('\n', i);
                    i = end < 0 ? body.Length : end;
                    break;
                case '\\':
                    environments += IsAt(body, i, "\\begin{") ? 1 : IsAt(body, i, "\\end{") ? -1 : 0;
                    if (i + 1 < body.Length && !char.IsAsciiLetter(body[i + 1]))
                        i++;
                    break;
            }
        }

        Add(body.Length);
        return parts;

        void Add(int end)
        {
            parts.Add((body[Math.Min(start, end)..end], line));
            line += body.AsSpan(Math.Min(start, end), end - Math.Min(start, end)).Count('\n');
        }
    }

    private static bool IsAt(string body, int index, string text) =>
        string.CompareOrdinal(body, index, text, 0, text.Length) == 0
        && (text != Item || index + text.Length >= body.Length || !char.IsAsciiLetter(body[index + text.Length]));
}

/// <summary>Reads the column description of a table.</summary>
internal static class LatexColumns
{
    /// <summary>The class of each column; null where the default will do.</summary>
    public static IReadOnlyList<string?> Read(string columns)
    {
        var classes = new List<string?>();
        for (var i = 0; i < columns.Length && classes.Count < 100; i++)
        {
            switch (columns[i])
            {
                case 'c' or 'C' or 'X':
                    classes.Add("center");
                    break;
                case 'r' or 'R':
                    classes.Add("right");
                    break;
                case 'l' or 'L' or 'p' or 'm' or 'b':
                    classes.Add(null);
                    break;
                case '{':
                    var close = columns.IndexOf('}', i);
                    i = close < 0 ? columns.Length : close;
                    break;
            }
        }

        return classes;
    }

    /// <summary>The row without the lines that are drawn around it.</summary>
    public static string WithoutRules(string row)
    {
        foreach (var rule in new[] { "\\hline", "\\toprule", "\\midrule", "\\bottomrule", "\\endhead", "\\endfirsthead" })
            row = row.Replace(rule, "", StringComparison.Ordinal);

        for (var cline = row.IndexOf("\\cline", StringComparison.Ordinal); cline >= 0; cline = row.IndexOf("\\cline", StringComparison.Ordinal))
        {
            var close = row.IndexOf('}', cline);
            row = close < 0 ? row[..cline] : row.Remove(cline, close + 1 - cline);
        }

        return row;
    }
}
