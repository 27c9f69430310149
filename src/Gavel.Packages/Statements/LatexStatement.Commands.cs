using System.Globalization;
using System.Text;

namespace Gavel.Packages.Statements;

internal sealed partial class LatexStatement
{
    /// <summary>Converts the command whose backslash was just read.</summary>
    private void Command(LatexReader reader)
    {
        var start = reader.Position;
        var name = reader.TakeCommand();
        name = _aliases.GetValueOrDefault(name, name);
        // The star belongs to headings and the like; behind a symbol it is text.
        if (name.Length > 1 && name[^1] == '*' && (LatexTables.Symbols.ContainsKey(name[..^1]) || _macros.ContainsKey(name[..^1])))
        {
            name = name[..^1];
            reader.Position = start + name.Length;
        }

        if (_macros.TryGetValue(name, out var macro))
        {
            if (Expand(reader, name, macro) is { } body)
                Convert(new LatexReader(body, reader.Line));
            return;
        }

        if (LatexTables.Symbols.TryGetValue(name, out var symbol))
            _writer.Text(symbol);
        else if (name.Length == 1 && LatexTables.Accents.TryGetValue(name, out var accent))
            Accent(reader, accent);
        else if (LatexTables.Headings.TryGetValue(name, out var level))
            _writer.Block($"<h{level}>{Argument(reader)}</h{level}>");
        else if (LatexTables.Wrapping.TryGetValue(name, out var element))
            Wrap(reader, name, element.Tag, element.Css);
        else if (LatexTables.Transparent.Contains(name))
        {
            reader.TakeOptional();
            _writer.Inline(Argument(reader));
        }
        else if (LatexTables.Ignored.TryGetValue(name, out var arguments))
        {
            reader.TakeOptional();
            for (; arguments > 0; arguments--)
                reader.TakeArgument();
        }
        else
            Special(reader, name);
    }

    private void Special(LatexReader reader, string name)
    {
        switch (name)
        {
            case "begin":
                Environment(reader, reader.TakeArgument());
                break;
            case "end":
                reader.TakeArgument();
                break;
            case "(" or "[":
                Math(reader.TakeUntil(name == "(" ? "\\)" : "\\]"), display: name == "[");
                break;
            case "\\" or "newline" or "linebreak":
                reader.TryTake("*");
                reader.TakeOptional();
                _writer.Inline("<br>");
                break;
            case "par":
                _writer.EndParagraph();
                break;
            case "paragraph" or "subparagraph" or "paragraph*":
                _writer.EndParagraph();
                _writer.Inline($"<strong>{Argument(reader)}</strong> ");
                break;
            case "problemname":
                // The page shows the title; the argument is optional in the newest format.
                reader.SkipBlanks(paragraphs: false);
                if (!reader.AtEnd && reader.Current == '{')
                    reader.TakeArgument();
                break;
            case "illustration":
                Illustration(reader);
                break;
            case "includegraphics" or "includegraphics*":
                Graphics(reader);
                break;
            case "url":
                Link(reader.TakeArgument(), null);
                break;
            case "href":
                Link(reader.TakeArgument(), Argument(reader));
                break;
            case "verb" or "verb*" or "lstinline*":
                Verb(reader);
                break;
            case "ensuremath":
                Math(reader.TakeArgument(), display: false);
                break;
            case "let":
                Let(reader);
                break;
            case "iffalse":
                reader.TakeUntil("\\fi");
                break;
            case "InputFile" or "OutputFile" or "Interaction" or "Scoring" or "Note" or "Notes" or "Constraints" or "Explanation":
                // Polygon's olymp.sty.
                _writer.Block($"<h2>{HtmlText.Encode(name switch { "InputFile" => _context.Words.Input, "OutputFile" => _context.Words.Output, "Interaction" => _context.Words.Interaction, _ => name })}</h2>");
                break;
            case "Example" or "Examples":
                break;
            case "footnote":
                reader.TakeOptional();
                Footnote(Argument(reader));
                break;
            case "caption" or "caption*":
                _writer.Block($"<p class=\"center\">{Argument(reader)}</p>");
                break;
            case "textcolor" or "colorbox":
                reader.TakeOptional();
                reader.TakeArgument();
                _writer.Inline(Argument(reader));
                break;
            case "epigraph":
                _writer.Block($"<blockquote class=\"epigraph\"><p>{Argument(reader)}</p><p><cite>{Argument(reader)}</cite></p></blockquote>");
                break;
            case "parbox" or "raisebox" or "resizebox" or "scalebox" or "rotatebox" or "minipage":
                reader.TakeOptional();
                reader.TakeArgument();
                if (name == "resizebox")
                    reader.TakeArgument();
                _writer.Inline(Argument(reader));
                break;
            case "SI" or "qty":
                _writer.Inline($"{Argument(reader)}&nbsp;{Argument(reader)}");
                break;
            case "rule":
                reader.TakeOptional();
                reader.TakeArgument();
                reader.TakeArgument();
                _writer.Block("<hr>");
                break;
            case "hrule" or "hrulefill":
                _writer.Block("<hr>");
                break;
            case "constant":
                Constant(reader);
                break;
            case "nextsample":
                _writer.Block(SamplePlacement.Next);
                break;
            case "remainingsamples":
                _writer.Block(SamplePlacement.Remaining);
                break;
            case "sampleinput" or "sampleoutput" or "sampleinteraction" or "exmpfile" or "exmp":
                SampleBox(reader, name);
                break;
            case "input" or "include" or "subfile":
                Include(reader);
                break;
            case "newcommand" or "renewcommand" or "providecommand" or "newcommand*" or "DeclareMathOperator" or "DeclareMathOperator*":
                DefineCommand(reader, name);
                break;
            case "def" or "gdef" or "edef":
                Define(reader);
                break;
            case "ref" or "eqref" or "pageref" or "cite" or "autoref":
                _writer.Text(reader.TakeArgument());
                break;
            case "":
                break;
            default:
                Warn(reader, $"The command \\{name} is not known; its arguments are shown as text.");
                break;
        }
    }

    private string Argument(LatexReader reader)
    {
        var line = reader.Line;
        return Fragment(reader.TakeArgument(), line);
    }

    private void Accent(LatexReader reader, (char Combining, string Composed) accent)
    {
        var argument = reader.TakeArgument();
        var letter = argument.StartsWith('\\') && LatexTables.Symbols.TryGetValue(argument[1..], out var symbol) ? symbol : argument;
        letter = letter switch { "ı" => "i", "ȷ" => "j", _ => letter };
        if (letter.Length == 0)
            return;

        var known = accent.Composed.IndexOf(letter[0], StringComparison.Ordinal);
        _writer.Text((known >= 0 && known % 2 == 0 ? accent.Composed[known + 1].ToString() : $"{letter[0]}{accent.Combining}") + letter[1..]);
    }

    private void Wrap(LatexReader reader, string name, string tag, string? css)
    {
        if (name == "lstinline")
        {
            reader.TakeOptional();
            if (!reader.AtEnd && reader.Current != '{')
            {
                Verb(reader);
                return;
            }
        }

        // {\bf text} lasts until its group ends; \bf{text} is what many write all the same.
        if (LatexTables.Switches.Contains(name) && (reader.AtEnd || reader.Current != '{'))
        {
            _writer.Open(tag, css);
            return;
        }

        var before = _writer.OpenElements;
        var line = reader.Line;
        reader.TakeOptional();
        var argument = reader.TakeArgument();
        _writer.Open(tag, css);
        Convert(new LatexReader(argument, line));
        _writer.CloseTo(before);
    }

    private void Verb(LatexReader reader)
    {
        if (reader.AtEnd)
            return;

        var delimiter = reader.Current.ToString();
        reader.Position++;
        _writer.Inline($"<code>{HtmlText.Encode(reader.TakeUntil(delimiter))}</code>");
    }

    private void Link(string target, string? text)
    {
        var url = target.Replace("\\", "", StringComparison.Ordinal).Trim();
        _writer.Inline($"<a href=\"{HtmlText.Encode(url)}\">{text ?? HtmlText.Encode(url)}</a>");
    }

    private void Footnote(string html)
    {
        _footnotes.Add(html);
        _writer.Inline($"<sup class=\"footnote-ref\"><a href=\"#fn{_footnotes.Count}\">{_footnotes.Count}</a></sup>");
    }

    private void Constant(LatexReader reader)
    {
        var name = reader.TakeArgument().Trim();
        if (_context.Constants.Values.TryGetValue(name, out var value))
            _writer.Text(value);
        else
            Warn(reader, $"There is no constant '{name}'.");
    }

    /// <summary>A sample written into the statement itself, or in a file beside it.</summary>
    private void SampleBox(LatexReader reader, string name)
    {
        var pair = name is "exmp" or "exmpfile";
        var texts = Enumerable.Range(0, pair ? 2 : 1).Select(_ => reader.TakeArgument()).Select(argument => ReadBeside(argument.Trim()) ?? argument.Trim('\n')).Select(HtmlText.Encode).ToList();
        if (name == "exmpfile")
            reader.TakeArgument();

        var (first, second) = name == "sampleoutput" ? (_context.Words.SampleOutput, "") : (name == "sampleinteraction" ? _context.Words.SampleInteraction : _context.Words.SampleInput, _context.Words.SampleOutput);
        var html = new StringBuilder($"<div class=\"sample\"><div class=\"sample-input\"><h3>{HtmlText.Encode(first)}</h3><pre>{texts[0]}</pre></div>");
        if (pair)
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"sample-output\"><h3>{HtmlText.Encode(second)}</h3><pre>{texts[1]}</pre></div>");
        _writer.Block(html.Append("</div>").ToString());
    }
}
