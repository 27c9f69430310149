namespace Gavel.Packages.Statements;

/// <summary>Splits the body of a list or a table at what separates its parts, leaving groups, math, comments and inner environments whole.</summary>
internal static class LatexSplitter
{
    public const string Item = "\\item";
    public const string Row = "\\\\";
    public const string Cell = "&";
    private static readonly string[] s_verbatim = ["verbatim", "verbatim*", "Verbatim", "lstlisting", "alltt", "minted", "comment"];

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
                case '\\' when AfterVerbatim(body, i) is { } after:
                    i = after - 1;
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

    /// <summary>Where a verbatim environment or \verb that begins here is over; null where none begins. Nothing in them means anything.</summary>
    private static int? AfterVerbatim(string body, int index)
    {
        foreach (var name in s_verbatim.Where(n => IsAt(body, index, $"\\begin{{{n}}}")))
        {
            var end = $"\\end{{{name}}}";
            return body.IndexOf(end, index, StringComparison.Ordinal) is >= 0 and var found ? found + end.Length : body.Length;
        }

        var verb = IsAt(body, index, "\\verb") ? 5 : IsAt(body, index, "\\lstinline") ? 10 : 0;
        if (verb == 0 || index + verb >= body.Length || char.IsAsciiLetter(body[index + verb]) || body[index + verb] is '{' or '[')
            return null;

        return body.IndexOf(body[index + verb], index + verb + 1) is > 0 and var close ? close + 1 : null;
    }

    private static bool IsAt(string body, int index, string text) =>
        string.CompareOrdinal(body, index, text, 0, text.Length) == 0
        && (text != Item || index + text.Length >= body.Length || !char.IsAsciiLetter(body[index + text.Length]));
}

/// <summary>Reads the column description of a table.</summary>
internal static class LatexColumns
{
    /// <summary>The class of each column; null where the default will do.</summary>
    public static IReadOnlyList<string?> Read(string columns) => Read(columns, 0);

    private static List<string?> Read(string columns, int depth)
    {
        var classes = new List<string?>();
        for (var i = 0; i < columns.Length && classes.Count < 100; i++)
        {
            switch (columns[i])
            {
                // *{3}{c|} stands for three of them.
                case '*' when depth < 3:
                    var reader = new LatexReader(columns) { Position = i + 1 };
                    var times = int.TryParse(reader.TakeArgument(), out var n) ? Math.Clamp(n, 0, 100) : 1;
                    var repeated = Read(reader.TakeArgument(), depth + 1);
                    for (; times > 0 && classes.Count < 100; times--)
                        classes.AddRange(repeated);
                    i = reader.Position - 1;
                    break;
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
                    var group = new LatexReader(columns) { Position = i };
                    group.TakeArgument();
                    i = group.Position - 1;
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
