using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Gavel.Judging.Tests.Checkers;

/// <summary>The checkers once more, written with whole strings and lists after their descriptions, so that the streaming ones have something to be held against.</summary>
internal static partial class NaiveCheckers
{
    private static readonly char[] s_blanks = [' ', '\t', '\n', '\v', '\f', '\r'];
    private static readonly char[] s_testlibBlanks = [' ', '\t', '\n', '\r'];

    /// <summary>Names with the naive decision: A, R or E.</summary>
    internal static IReadOnlyDictionary<string, Func<string, string, char>> All { get; } = new Dictionary<string, Func<string, string, char>>
    {
        ["default"] = (a, o) => Same(Tokens(a.ToLowerInvariant()), Tokens(o.ToLowerInvariant())),
        ["default case_sensitive space_change_sensitive"] = (a, o) => Is(a == o),
        ["tokens"] = (a, o) => Same(Tokens(a), Tokens(o)),
        ["identical"] = (a, o) => Is(a == o),
        ["lines"] = (a, o) => Same(StrippedLines(a, s_blanks), StrippedLines(o, s_blanks)),
        ["judge0"] = (a, o) => Same(StrippedLines(a, [.. s_blanks, '\0']), StrippedLines(o, [.. s_blanks, '\0'])),
        ["wcmp"] = (a, o) => Same(Tokens(a, s_testlibBlanks), Tokens(o, s_testlibBlanks)),
        ["lcmp"] = (a, o) => TestlibLines(a, o, (x, y) => Same(Tokens(x), Tokens(y)) == 'A'),
        ["fcmp"] = (a, o) => TestlibLines(a, o, (x, y) => x == y),
        ["ncmp"] = (a, o) => Typed(a, o, Int64()),
        ["uncmp"] = (a, o) => Unordered(a, o, Int64()),
        ["dmoj-standard"] = DmojStandard,
        ["dmoj-unordered"] = (a, o) => Same(Tokens(a).Order(StringComparer.Ordinal), Tokens(o).Order(StringComparer.Ordinal)),
        ["dmoj-sorted"] = (a, o) => Same(SortedLines(a), SortedLines(o)),
        ["dmoj-sorted whitespace"] = (a, o) => Same(Tokens(a).Order(StringComparer.Ordinal), Tokens(o).Order(StringComparer.Ordinal)),
        ["dmoj-easy"] = (a, o) => Same(Letters(a), Letters(o)),
        ["dmoj-rstripped"] = (a, o) => Same(a.Split('\n').Select(l => l.TrimEnd(s_blanks)), o.Split('\n').Select(l => l.TrimEnd(s_blanks))),
        ["dmoj-rstripped filter_new_line"] = (a, o) => Same(Filled(a).Select(l => l.TrimEnd(s_blanks)), Filled(o).Select(l => l.TrimEnd(s_blanks))),
        ["dmoj-floats 3"] = DmojFloats,
        ["dmoj-linecount"] = LineCount,
        ["cms-white-diff"] = WhiteDiff,
        ["unordered-lines"] = (a, o) => Same(BlankFree(a), BlankFree(o)),
    };

    private static char Is(bool accepted) => accepted ? 'A' : 'R';

    private static char Same(IEnumerable<string> answer, IEnumerable<string> output) => Is(answer.SequenceEqual(output));

    private static string[] Tokens(string text) => Tokens(text, s_blanks);

    private static string[] Tokens(string text, char[] blanks) => text.Split(blanks, StringSplitOptions.RemoveEmptyEntries);

    private static List<string> StrippedLines(string text, char[] blanks)
    {
        var lines = text.Split('\n').Select(l => l.TrimEnd(blanks)).ToList();
        while (lines is [.., ""])
            lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    // The loop of testlib's line checkers: read a line of the answer; an empty one at the end of the file does not count; read a line of the output.
    private static char TestlibLines(string answer, string output, Func<string, string, bool> same)
    {
        while (answer.Length > 0)
        {
            var line = ReadLine(ref answer);
            if (line.Length == 0 && answer.Length == 0)
                break;
            if (output.Length == 0 || !same(line, ReadLine(ref output)))
                return 'R';
        }

        return Is(output.Trim(s_testlibBlanks).Length == 0);
    }

    private static string ReadLine(ref string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var line = end < 0 ? text : text[..end];
        text = end < 0 ? "" : text[(end + 1)..];
        return end >= 0 && line.EndsWith('\r') ? line[..^1] : line;
    }

    private static char Typed(string answer, string output, Regex shape)
    {
        var (expected, given) = (Tokens(answer, s_testlibBlanks), Tokens(output, s_testlibBlanks));
        foreach (var (a, o) in expected.Zip(given))
        {
            if (!shape.IsMatch(a))
                return 'E';
            if (a != o)
                return 'R';
        }

        return Is(expected.Length == given.Length);
    }

    private static char Unordered(string answer, string output, Regex shape)
    {
        var (expected, given) = (Tokens(answer, s_testlibBlanks), Tokens(output, s_testlibBlanks));
        return !expected.All(shape.IsMatch) ? 'E' : given.All(shape.IsMatch) ? Same(expected.Order(StringComparer.Ordinal), given.Order(StringComparer.Ordinal)) : 'R';
    }

    private static char DmojStandard(string answer, string output) =>
        Same(Regex.Split(answer.Trim(s_blanks), "[ \t\v\f]*[\r\n][ \t\v\f\r\n]*").Select(l => string.Join(' ', Tokens(l))), Regex.Split(output.Trim(s_blanks), "[ \t\v\f]*[\r\n][ \t\v\f\r\n]*").Select(l => string.Join(' ', Tokens(l))));

    private static IEnumerable<string> SortedLines(string text) =>
        text.Split('\n', '\r').Where(l => l.Length > 0).Select(l => string.Join(' ', Tokens(l))).Order(StringComparer.Ordinal);

    private static IEnumerable<string> BlankFree(string text) =>
        text.Split('\n', '\r').Select(l => string.Join(' ', Tokens(l))).Where(l => l.Length > 0).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Letters(string text) => string.Concat(Tokens(text)).ToLowerInvariant().Select(c => c.ToString()).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Filled(string text) => text.Split('\n').Where(l => l.Length > 0);

    private static char DmojFloats(string answer, string output)
    {
        var (expected, given) = (answer.Split('\n', '\r').Where(l => l.Length > 0).ToList(), output.Split('\n', '\r').Where(l => l.Length > 0).ToList());
        if (expected.Count != given.Count)
            return 'R';

        foreach (var (a, o) in expected.Zip(given))
        {
            var (judge, process) = (Tokens(a), Tokens(o));
            if (judge.Length != process.Length || !judge.Zip(process).All(p => Near(p.First, p.Second)))
                return 'R';
        }

        return 'A';

        static bool Near(string judge, string process)
        {
            // The parser leaves out NULs at the end.
            if (judge.EndsWith('\0') || !decimal.TryParse(judge, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var j))
                return judge == process;
            return !process.EndsWith('\0') && decimal.TryParse(process, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var p)
                && (Math.Abs(p - j) <= 0.001m || Math.Abs(p - j) <= 0.001m * Math.Abs(j));
        }
    }

    private static char LineCount(string answer, string output)
    {
        var (expected, given) = (answer.Split('\n', '\r').Where(l => l.Length > 0).ToList(), output.Split('\n', '\r').Where(l => l.Length > 0).ToList());
        return Is(expected.Count == given.Count && expected.Zip(given).All(p => p.First.Trim(s_blanks) == p.Second.Trim(s_blanks)));
    }

    private static char WhiteDiff(string answer, string output)
    {
        return Same(Lines(answer), Lines(output));

        static List<string> Lines(string text)
        {
            var lines = text.Split('\n').Select(l => string.Join(' ', Tokens(l))).ToList();
            while (lines is [.., ""])
                lines.RemoveAt(lines.Count - 1);
            return lines;
        }
    }

    internal static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    [GeneratedRegex("^(0|-?[1-9][0-9]{0,17})$")]
    private static partial Regex Int64();
}
