using System.Text;

namespace Gavel.Packages.Statements;

/// <summary>
/// Converts the LaTeX dialect of problem statements (that of problemtools and Polygon) to HTML. Not a TeX engine: commands are looked up in tables, math is
/// left for the browser, what is unknown is reported with its line and its arguments are shown as text. The result is not safe yet.
/// </summary>
internal sealed partial class LatexStatement
{
    private const int MaximumDepth = 60;
    private const int MaximumExpansions = 20_000;
    private const int MaximumOutput = 8 << 20;

    private readonly LatexContext _context;
    private readonly BlockWriter _writer = new();
    private readonly Dictionary<string, LatexMacro> _macros = [];
    private readonly Dictionary<string, string> _aliases = [];
    private List<string> _footnotes = [];
    private int _expansions;
    private int _depth;

    private LatexStatement(LatexContext context) => _context = context;

    public static string Convert(string source, LatexContext context)
    {
        var statement = new LatexStatement(context);
        statement.Convert(new LatexReader(source.ReplaceLineEndings("\n")));
        statement.WriteFootnotes();
        return statement._writer.Finish();
    }

    /// <summary>Converts everything the reader has.</summary>
    private void Convert(LatexReader reader)
    {
        if (++_depth > MaximumDepth)
        {
            Warn(reader, "Groups, environments or macros are nested too deeply; the rest of this one is left out.");
            _depth--;
            return;
        }

        var open = new Stack<int>();
        while (!reader.AtEnd && _writer.Length < MaximumOutput)
            Step(reader, open);
        while (open.TryPop(out var count))
            _writer.CloseTo(count);
        _depth--;
    }

    private void Step(LatexReader reader, Stack<int> open)
    {
        var c = reader.Current;
        switch (c)
        {
            case '%':
                reader.SkipComment();
                return;
            case '\\':
                reader.Position++;
                Command(reader);
                return;
            case '{':
                reader.Position++;
                open.Push(_writer.OpenElements);
                return;
            case '}':
                reader.Position++;
                if (open.TryPop(out var count))
                    _writer.CloseTo(count);
                else
                    Warn(reader, "A closing brace too many.");
                return;
            case '$':
                var display = reader.TryTake("$$");
                if (!display)
                    reader.Position++;
                Math(reader.TakeMath(display ? "$$" : "$"), display);
                return;
            case '~':
                reader.Position++;
                _writer.Inline("&nbsp;");
                return;
            case '&':
                reader.Position++;
                return;
        }

        if (char.IsWhiteSpace(c))
            Blanks(reader);
        else
            Characters(reader);
    }

    private void Blanks(LatexReader reader)
    {
        var newlines = 0;
        while (!reader.AtEnd && char.IsWhiteSpace(reader.Current))
        {
            newlines += reader.Current == '\n' ? 1 : 0;
            reader.Position++;
        }

        if (newlines > 1)
            _writer.EndParagraph();
        else
            _writer.Space();
    }

    private void Characters(LatexReader reader)
    {
        foreach (var (ligature, text) in s_ligatures)
        {
            if (reader.TryTake(ligature))
            {
                _writer.Text(text);
                return;
            }
        }

        var plain = new StringBuilder();
        while (!reader.AtEnd && !char.IsWhiteSpace(reader.Current) && reader.Current is not ('%' or '\\' or '{' or '}' or '$' or '~' or '&' or '`' or '\'' or '-' or '<' or '>' or '"'))
        {
            plain.Append(reader.Current);
            reader.Position++;
        }

        if (plain.Length == 0)
        {
            plain.Append(reader.Current);
            reader.Position++;
        }

        _writer.Text(plain.ToString());
    }

    private static readonly (string Ligature, string Text)[] s_ligatures =
        [("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("`", "‘"), ("'", "’"), ("<<", "«"), (">>", "»"), ("\"`", "„"), ("\"'", "“")];

    private void Math(string tex, bool display)
    {
        var expanded = HtmlText.Encode(ExpandInMath(tex).Trim());
        if (display)
            _writer.Block($"<div class=\"math display\">\\[{expanded}\\]</div>");
        else
            _writer.Inline($"<span class=\"math inline\">\\({expanded}\\)</span>");
    }

    /// <summary>Converts a piece of source on its own, for places that cannot hold paragraphs unless <paramref name="blocks"/>.</summary>
    private string Fragment(string source, int line, bool blocks = false)
    {
        // Footnotes are numbered through the whole statement, wherever they stand.
        var fragment = new LatexStatement(_context) { _depth = _depth, _expansions = _expansions, _footnotes = _footnotes };
        foreach (var (name, macro) in _macros)
            fragment._macros[name] = macro;
        foreach (var (name, meaning) in _aliases)
            fragment._aliases[name] = meaning;
        fragment.Convert(new LatexReader(source.Trim(), line));
        _expansions = fragment._expansions;
        var html = fragment._writer.Finish().Trim();
        return !blocks && html.StartsWith("<p>", StringComparison.Ordinal) && html.EndsWith("</p>", StringComparison.Ordinal) && html.IndexOf("<p>", 3, StringComparison.Ordinal) < 0
            ? html[3..^4]
            : html;
    }

    private void WriteFootnotes()
    {
        if (_footnotes.Count > 0)
            _writer.Block($"<div class=\"footnotes\"><hr><ol>{string.Concat(_footnotes.Select((f, i) => $"<li id=\"fn{i + 1}\">{f}</li>"))}</ol></div>");
    }

    private void Warn(LatexReader reader, string message) => _context.Issues.Warn(_context.Path, reader.Line, message);
}
