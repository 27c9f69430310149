using System.Text;

namespace Gavel.Packages.Statements;

internal sealed partial class LatexStatement
{
    /// <summary>Converts the environment whose \begin{name} was just read.</summary>
    private void Environment(LatexReader reader, string name)
    {
        var line = reader.Line;
        if (LatexTables.Math.Contains(name))
        {
            var body = reader.TakeEnvironment(name);
            // What is a display by itself needs no environment; the others are understood inside of one.
            var inner = name is "math" or "displaymath" or "equation" or "equation*" ? body
                : name.StartsWith("eqnarray", StringComparison.Ordinal) ? $"\\begin{{align*}}{body}\\end{{align*}}"
                : name.StartsWith("multline", StringComparison.Ordinal) ? $"\\begin{{gather*}}{body}\\end{{gather*}}"
                : $"\\begin{{{name}}}{body}\\end{{{name}}}";
            Math(inner, display: name != "math");
            return;
        }

        switch (name)
        {
            case "verbatim" or "verbatim*" or "Verbatim" or "lstlisting" or "alltt" or "minted":
                Verbatim(reader, name);
                break;
            case "comment":
                reader.TakeUntil("\\end{comment}");
                break;
            case "itemize" or "enumerate" or "description" or "compactitem" or "compactenum" or "inparaenum":
                reader.TakeOptional();
                List(reader.TakeEnvironment(name), line, name);
                break;
            case "tabular" or "tabular*" or "tabularx" or "longtable" or "tabulary":
                if (name is "tabular*" or "tabularx" or "tabulary")
                    reader.TakeArgument();
                reader.TakeOptional();
                Table(reader.TakeArgument(), reader.TakeEnvironment(name), line);
                break;
            case "Input" or "Output" or "Interaction":
                _writer.Block($"<h2>{HtmlText.Encode(name switch { "Input" => _context.Words.Input, "Output" => _context.Words.Output, _ => _context.Words.Interaction })}</h2>");
                Convert(new LatexReader(reader.TakeEnvironment(name), line));
                _writer.EndParagraph();
                break;
            case "problem":
                // Polygon's olymp.sty: title, input, output, time limit, memory limit.
                for (var i = 0; i < 5; i++)
                    reader.TakeArgument();
                Convert(new LatexReader(reader.TakeEnvironment(name), line));
                break;
            case "figure" or "figure*" or "table" or "table*" or "center" or "wrapfigure" or "SCfigure" or "floatingfigure":
                reader.TakeOptional();
                if (name is "wrapfigure" or "floatingfigure")
                {
                    reader.TakeArgument();
                    if (name == "wrapfigure")
                        reader.TakeArgument();
                }

                Wrapped(reader.TakeEnvironment(name), line, "div", name == "wrapfigure" ? "right" : "center");
                break;
            case "quote" or "quotation" or "verse":
                Wrapped(reader.TakeEnvironment(name), line, "blockquote", "quote");
                break;
            case "flushleft" or "flushright":
                Wrapped(reader.TakeEnvironment(name), line, "div", name["flush".Length..]);
                break;
            case "minipage" or "multicols" or "spacing" or "adjustbox":
                reader.TakeOptional();
                reader.TakeArgument();
                Convert(new LatexReader(reader.TakeEnvironment(name), line));
                break;
            case "sampleinput" or "sampleoutput" or "sampleinteraction":
                var text = reader.TakeEnvironment(name).Trim('\n');
                SampleBox(new LatexReader($"{{{text.Replace("{", "\\{", StringComparison.Ordinal).Replace("}", "\\}", StringComparison.Ordinal)}}}", line), name);
                break;
            case "framed" or "mdframed" or "tcolorbox" or "shaded" or "boxedminipage":
                reader.TakeOptional();
                if (name == "boxedminipage")
                    reader.TakeArgument();
                Wrapped(reader.TakeEnvironment(name), line, "div", "boxed");
                break;
            case "subfigure":
                reader.TakeOptional();
                reader.TakeArgument();
                Wrapped(reader.TakeEnvironment(name), line, "div", "center");
                break;
            case "document" or "example" or "examplewide" or "examples" or "small" or "footnotesize" or "large" or "sloppypar" or "samepage" or "abstract":
                Convert(new LatexReader(reader.TakeEnvironment(name), line));
                break;
            default:
                Warn(reader, $"The environment {name} is not known; what is inside is shown as it comes.");
                var unknown = reader.TakeEnvironment(name);
                if (name is "tikzpicture" or "picture" or "pspicture")
                    _writer.Block($"<pre>{HtmlText.Encode(unknown.Trim('\n'))}</pre>");
                else
                    Convert(new LatexReader(unknown, line));
                break;
        }
    }

    private void Verbatim(LatexReader reader, string name)
    {
        if (name is "lstlisting" or "Verbatim" or "minted")
            reader.TakeOptional();
        if (name == "minted")
            reader.TakeArgument();
        reader.TryTake("\n");
        _writer.Block($"<pre>{HtmlText.Encode(reader.TakeUntil($"\\end{{{name}}}"))}</pre>");
    }

    private void Wrapped(string body, int line, string tag, string css) => _writer.Block($"<{tag} class=\"{css}\">{Fragment(body, line, blocks: true)}</{tag}>");

    private void List(string body, int line, string name)
    {
        var (tag, open) = name switch
        {
            "description" => ("dl", "<dl>"),
            "enumerate" or "compactenum" or "inparaenum" => ("ol", "<ol>"),
            _ => ("ul", "<ul>"),
        };
        var html = new StringBuilder(open);
        foreach (var item in LatexSplitter.Split(body, line, LatexSplitter.Item).Skip(1))
        {
            var reader = new LatexReader(item.Text, item.Line);
            var label = reader.TakeOptional() is { } text ? Fragment(text, item.Line) : null;
            var content = Fragment(item.Text[reader.Position..], item.Line, blocks: true);
            html.Append(tag == "dl" ? $"<dt>{label}</dt><dd>{content}</dd>" : $"<li>{(label is null ? "" : label + " ")}{content}</li>");
        }

        _writer.Block(html.Append($"</{tag}>").ToString());
    }

    private void Table(string columns, string body, int line)
    {
        var classes = LatexColumns.Read(columns);
        var html = new StringBuilder(columns.Contains('|', StringComparison.Ordinal) || body.Contains("\\hline", StringComparison.Ordinal) ? "<table class=\"bordered\"><tbody>" : "<table><tbody>");
        var covered = new Dictionary<int, int>();
        foreach (var row in LatexSplitter.Split(body, line, LatexSplitter.Row))
        {
            var text = LatexColumns.WithoutRules(row.Text);
            if (string.IsNullOrWhiteSpace(text))
                continue;

            html.Append("<tr>");
            var column = 0;
            foreach (var cell in LatexSplitter.Split(text, row.Line, LatexSplitter.Cell))
            {
                var source = cell.Text.Trim();
                // LaTeX leaves the cells below a \multirow empty; HTML has none there.
                if (source.Length == 0 && covered.GetValueOrDefault(column) > 0)
                {
                    covered[column++]--;
                    continue;
                }

                var (columnSpan, rowSpan, css, content) = Cell(source, cell.Line, classes.ElementAtOrDefault(column));
                html.Append("<td").Append(css is null ? "" : $" class=\"{css}\"").Append(columnSpan > 1 ? $" colspan=\"{columnSpan}\"" : "").Append(rowSpan > 1 ? $" rowspan=\"{rowSpan}\"" : "")
                    .Append('>').Append(content).Append("</td>");
                for (var i = 0; i < columnSpan; i++)
                    covered[column++] = rowSpan - 1;
            }

            html.Append("</tr>");
        }

        _writer.Block(html.Append("</tbody></table>").ToString());
    }

    private (int Columns, int Rows, string? Css, string Content) Cell(string source, int line, string? css)
    {
        const int MostSpanned = 100;
        var (columns, rows) = (1, 1);
        var reader = new LatexReader(source, line);
        if (reader.TryTake("\\multicolumn"))
        {
            columns = Number(reader.TakeArgument());
            css = LatexColumns.Read(reader.TakeArgument()) is [var own, ..] ? own : null;
            source = reader.TakeArgument().Trim();
            reader = new(source, line);
        }

        if (reader.TryTake("\\multirow"))
        {
            reader.TakeOptional();
            rows = Number(reader.TakeArgument());
            reader.TakeOptional();
            reader.TakeArgument();
            reader.TakeOptional();
            source = reader.TakeArgument();
        }

        return (columns, rows, css, Fragment(source, line));

        static int Number(string text) => int.TryParse(text.Trim(), out var n) ? System.Math.Clamp(n, 1, MostSpanned) : 1;
    }
}
