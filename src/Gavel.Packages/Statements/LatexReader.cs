namespace Gavel.Packages.Statements;

/// <summary>A cursor over LaTeX source that knows groups, comments and control words.</summary>
internal sealed class LatexReader(string text, int firstLine = 1)
{
    private int _countedTo;
    private int _newlines;

    public int Position { get; set; }

    public bool AtEnd => Position >= text.Length;

    public char Current => text[Position];

    /// <summary>The line of the cursor.</summary>
    public int Line
    {
        get
        {
            if (Position < _countedTo)
                (_countedTo, _newlines) = (0, 0);
            _newlines += text.AsSpan(_countedTo, Math.Min(Position, text.Length) - _countedTo).Count('\n');
            _countedTo = Math.Min(Position, text.Length);
            return firstLine + _newlines;
        }
    }

    public char Peek(int ahead) => Position + ahead < text.Length ? text[Position + ahead] : '\0';

    public bool TryTake(string expected)
    {
        if (string.CompareOrdinal(text, Position, expected, 0, expected.Length) != 0)
            return false;

        Position += expected.Length;
        return true;
    }

    /// <summary>Skips blanks and comments; with <paramref name="paragraphs"/> also blank lines.</summary>
    public void SkipBlanks(bool paragraphs = true)
    {
        var newlines = 0;
        while (!AtEnd)
        {
            if (Current == '%')
                SkipComment();
            else if (!char.IsWhiteSpace(Current) || !paragraphs && Current == '\n' && ++newlines > 1)
                return;
            else
                Position++;
        }
    }

    /// <summary>Skips a comment with its line end and the blanks of the next line, as TeX does.</summary>
    public void SkipComment()
    {
        var end = text.IndexOf('\n', Position);
        Position = end < 0 ? text.Length : end + 1;
        while (!AtEnd && Current is ' ' or '\t' && !AtEnd)
            Position++;
    }

    /// <summary>The name of the command at the cursor (after its backslash): letters with an optional star, or one character.</summary>
    public string TakeCommand()
    {
        if (AtEnd)
            return "";

        var start = Position;
        if (!char.IsAsciiLetter(Current))
        {
            Position++;
            return text[start..Position];
        }

        while (!AtEnd && char.IsAsciiLetter(Current))
            Position++;
        var name = text[start..Position];
        if (!AtEnd && Current == '*')
        {
            Position++;
            name += "*";
        }

        // TeX swallows the blanks after a control word, but not a paragraph's end.
        while (!AtEnd && Current is ' ' or '\t' && !AtEnd)
            Position++;
        if (!AtEnd && Current == '\n' && Peek(1) is not ('\n' or '\r' or ' ' or '\t'))
            Position++;
        return name;
    }

    /// <summary>The next argument: the inside of a group, one command, or one character.</summary>
    public string TakeArgument()
    {
        SkipBlanks(paragraphs: false);
        if (AtEnd)
            return "";

        if (Current == '{')
            return TakeBalanced('{', '}');

        var start = Position++;
        if (text[start] == '\\')
            TakeCommand();
        return text[start..Position];
    }

    /// <summary>The inside of an optional argument in brackets; null when there is none.</summary>
    public string? TakeOptional()
    {
        var start = Position;
        SkipBlanks(paragraphs: false);
        if (!AtEnd && Current == '[')
            return TakeBalanced('[', ']');

        Position = start;
        return null;
    }

    /// <summary>The text up to <paramref name="end"/>, which is swallowed; everything when it does not come.</summary>
    public string TakeUntil(string end)
    {
        var start = Position;
        var found = text.IndexOf(end, Position, StringComparison.Ordinal);
        Position = found < 0 ? text.Length : found + end.Length;
        return text[start..(found < 0 ? text.Length : found)];
    }

    /// <summary>The text up to an unescaped dollar sign or two. Dollar signs inside of groups are math within \text{…}, unless nothing else ends this one.</summary>
    public string TakeMath(string end)
    {
        var start = Position;
        var depth = 0;
        for (var at = start; at < text.Length && !EndsParagraph(at); at++)
        {
            if (text[at] == '\\')
                at++;
            else if (text[at] is '{' or '}')
                depth += text[at] == '{' ? 1 : -1;
            else if (depth <= 0 && string.CompareOrdinal(text, at, end, 0, end.Length) == 0)
            {
                Position = at + end.Length;
                return text[start..at];
            }
        }

        for (; !AtEnd; Position++)
        {
            if (Current == '\\')
                Position++;
            else if (string.CompareOrdinal(text, Position, end, 0, end.Length) == 0)
            {
                Position += end.Length;
                return text[start..(Position - end.Length)];
            }
        }

        Position = text.Length;
        return text[start..];
    }

    // A blank line ends every formula in TeX too.
    private bool EndsParagraph(int at) => text[at] == '\n' && at + 1 < text.Length && text[at + 1] == '\n';

    /// <summary>The body of an environment whose \begin was just read; nested ones of the same name are inside.</summary>
    public string TakeEnvironment(string name)
    {
        var (begin, end) = ($"\\begin{{{name}}}", $"\\end{{{name}}}");
        var start = Position;
        for (var depth = 1; !AtEnd;)
        {
            var next = text.IndexOf('\\', Position);
            if (next < 0)
                break;

            Position = next;
            if (TryTake(begin))
                depth++;
            else if (TryTake(end))
            {
                if (--depth == 0)
                    return text[start..(Position - end.Length)];
            }
            else
                Position = Math.Min(text.Length, Position + 2);
        }

        Position = text.Length;
        return text[start..];
    }

    private string TakeBalanced(char open, char close)
    {
        var start = ++Position;
        var braces = 0;
        for (var depth = 1; !AtEnd; Position++)
        {
            if (Current == '\\')
                Position++;
            else if (open == '[' && Current is '{' or '}' && open == '[')
                braces += Current == '{' ? 1 : -1;
            else if (Current == open)
                depth++;
            else if (Current == close && braces == 0 && --depth == 0)
                return text[start..Position++];
        }

        Position = text.Length;
        return text[Math.Min(start, text.Length)..];
    }
}
