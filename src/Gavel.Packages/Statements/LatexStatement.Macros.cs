using System.Text;

namespace Gavel.Packages.Statements;

internal sealed partial class LatexStatement
{
    private const int MaximumExpansionLength = 256 << 10;

    /// <summary>The macro's body with its arguments in place; null when macros expand without end.</summary>
    private string? Expand(LatexReader reader, string name, LatexMacro macro)
    {
        var arguments = new List<string>();
        if (macro.Default is { } fallback)
            arguments.Add(reader.TakeOptional() ?? fallback);
        while (arguments.Count < macro.Arguments)
            arguments.Add(reader.TakeArgument());
        if (++_expansions > MaximumExpansions)
        {
            Warn(reader, $"Macros expand more than {MaximumExpansions} times; \\{name} is left out.");
            return null;
        }

        var body = new StringBuilder();
        for (var i = 0; i < macro.Body.Length; i++)
        {
            if (macro.Body[i] == '#' && i + 1 < macro.Body.Length && macro.Body[i + 1] - '1' is >= 0 and var n && n < arguments.Count)
            {
                body.Append(arguments[n]);
                i++;
            }
            else
                body.Append(macro.Body[i]);

            if (body.Length > MaximumExpansionLength)
            {
                Warn(reader, $"\\{name} expands to more than anybody writes; it is left out.");
                return null;
            }
        }

        return body.ToString();
    }

    /// <summary>Math with the statement's own macros and constants expanded, which the browser does not know.</summary>
    private string ExpandInMath(string tex)
    {
        if (!tex.Contains('\\', StringComparison.Ordinal))
            return tex;

        for (var round = 0; round < 10; round++)
        {
            var reader = new LatexReader(tex);
            var result = new StringBuilder();
            var changed = false;
            while (!reader.AtEnd && result.Length < MaximumExpansionLength)
            {
                var start = reader.Position;
                if (reader.Current != '\\')
                {
                    result.Append(reader.Current);
                    reader.Position++;
                    continue;
                }

                reader.Position++;
                var name = reader.TakeCommand().TrimEnd('*');
                if (_macros.TryGetValue(name, out var macro))
                {
                    result.Append(Expand(reader, name, macro) ?? "").Append(' ');
                    changed = true;
                }
                else if (name == "constant" && _context.Constants.Values.TryGetValue(reader.TakeArgument().Trim(), out var value))
                {
                    result.Append(value);
                    changed = true;
                }
                else
                    result.Append(tex, start, reader.Position - start);
            }

            tex = result.ToString();
            if (!changed)
                break;
        }

        return tex;
    }

    private void DefineCommand(LatexReader reader, string command)
    {
        var name = reader.TakeArgument().TrimStart('\\').Trim();
        if (command.StartsWith("DeclareMathOperator", StringComparison.Ordinal))
        {
            _macros[name] = new(0, $"\\operatorname{{{reader.TakeArgument()}}}");
            return;
        }

        var arguments = int.TryParse(reader.TakeOptional(), out var n) ? n : 0;
        var fallback = reader.TakeOptional();
        var body = reader.TakeArgument();
        if (arguments is < 0 or > 9 || fallback is not null && arguments == 0)
            Warn(reader, $"The definition of \\{name} has a number of arguments that LaTeX does not allow.");
        else if (name.Length > 0 && !(command.StartsWith("providecommand", StringComparison.Ordinal) && _macros.ContainsKey(name)))
            _macros[name] = new(arguments, body) { Default = fallback };
    }

    // \let\new=\old: what the old one means now.
    private void Let(LatexReader reader)
    {
        var name = reader.TakeArgument().TrimStart('\\').Trim();
        reader.SkipBlanks(paragraphs: false);
        reader.TryTake("=");
        var meaning = reader.TakeArgument().Trim();
        if (name.Length == 0 || meaning.TrimStart('\\') == name)
            return;
        if (_macros.TryGetValue(meaning.TrimStart('\\'), out var macro))
            _macros[name] = macro;
        else if (meaning.StartsWith('\\'))
            _aliases[name] = meaning[1..];
        else
            _macros[name] = new(0, meaning);
    }

    private void Define(LatexReader reader)
    {
        reader.SkipBlanks(paragraphs: false);
        var name = reader.TryTake("\\") ? reader.TakeCommand() : "";
        var arguments = 0;
        while (!reader.AtEnd && reader.Current == '#' && char.IsAsciiDigit(reader.Peek(1)))
        {
            arguments++;
            reader.Position += 2;
        }

        var body = reader.TakeArgument();
        // Polygon scales images with this one; it is no text.
        if (name.Length > 0)
            _macros[name] = name == "htmlPixelsInCm" ? new(0, "") : new(System.Math.Min(arguments, 9), body);
    }

    private void Include(LatexReader reader)
    {
        var name = reader.TakeArgument().Trim();
        if (ReadBeside(name) is { } text)
            Convert(new LatexReader(text.ReplaceLineEndings("\n")));
        else
            Warn(reader, $"There is no file '{name}' beside the statement to include.");
    }

    /// <summary>The text of a file beside the statement; null when there is none.</summary>
    private string? ReadBeside(string name)
    {
        foreach (var candidate in new[] { name, name + ".tex" })
        {
            if (StatementAssets.Find(_context.Assets.Folder, candidate, [".tex", ".txt", ".in", ".ans", ".out", ".a", ".md"]) is { } file && new FileInfo(file).Length < MaximumOutput)
                return SamplePlacement.Clean(File.ReadAllText(file));
        }

        return null;
    }
}

/// <summary>A macro that the statement defines.</summary>
/// <param name="Arguments">How many arguments it takes, the optional one included.</param>
/// <param name="Body">What it stands for, with #1 to #9.</param>
internal sealed record LatexMacro(int Arguments, string Body)
{
    /// <summary>What the first argument is when it is not given in brackets; null when it is not optional.</summary>
    public string? Default { get; init; }
}
