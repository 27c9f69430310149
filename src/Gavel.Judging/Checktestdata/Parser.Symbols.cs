using System.Globalization;
using System.Numerics;
using System.Text;

namespace Gavel.Judging.Checktestdata;

internal sealed partial class Parser
{
    private object Number()
    {
        var start = _position;
        while (char.IsAsciiDigit(Peek(0)))
            _position++;
        var whole = true;
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            whole = false;
            _position++;
            while (char.IsAsciiDigit(Peek(0)))
                _position++;
        }

        if (Peek(0) is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2))))
        {
            whole = false;
            _position += 2;
            while (char.IsAsciiDigit(Peek(0)))
                _position++;
        }

        var text = source[start.._position];
        return whole ? BigInteger.Parse(text, CultureInfo.InvariantCulture) : double.Parse(text, CultureInfo.InvariantCulture);
    }

    private string Text()
    {
        var text = new StringBuilder();
        for (_position++; ; _position++)
        {
            if (_position >= source.Length)
                throw Error("a text is not closed");
            var c = source[_position];
            if (c == '"')
                break;
            if (c != '\\' || _position + 1 >= source.Length)
            {
                text.Append(c);
                continue;
            }

            var next = source[++_position];
            if (next is >= '0' and <= '7')
            {
                text.Append(Octal());
                continue;
            }

            // What is not one of these belongs to a pattern and keeps its backslash.
            text.Append(next switch { 'n' => "\n", 't' => "\t", 'r' => "\r", 'b' => "\b", '"' => "\"", '\n' => "", '\\' => "\\", _ => $"\\{next}" });
        }

        _position++;
        return text.ToString();
    }

    // One to three digits: a byte. Stands on the last of them afterwards.
    private char Octal()
    {
        var value = 0;
        var digits = 0;
        for (; digits < 3 && Peek(0) is >= '0' and <= '7'; digits++, _position++)
            value = value * 8 + (Peek(0) - '0');
        _position--;
        return (char)(value & 0xff);
    }

    private string Word()
    {
        var start = _position;
        while (char.IsAsciiLetterUpper(Peek(0)))
            _position++;
        return source[start.._position];
    }

    private string LowerWord()
    {
        var start = SkipTo();
        while (char.IsAsciiLetterLower(Peek(0)) || _position > start && (char.IsAsciiDigit(Peek(0)) || Peek(0) == '_'))
            _position++;
        return _position > start ? source[start.._position] : throw Error($"expected the name of a variable, found '{Rest()}'");
    }

    private bool TryWord(string word)
    {
        var start = SkipTo();
        if (Word() == word)
            return true;
        _position = start;
        return false;
    }

    private void End()
    {
        if (!TryWord("END"))
            throw Error($"expected END, found '{Rest()}'");
    }

    private void Take(char c)
    {
        if (!TryTake(c))
            throw Error($"expected '{c}', found '{Rest()}'");
    }

    private bool TryTake(char c) => TryTake(c.ToString());

    private bool TryTake(string symbol)
    {
        Skip();
        if (string.CompareOrdinal(source, _position, symbol, 0, symbol.Length) != 0)
            return false;
        _position += symbol.Length;
        return true;
    }

    private int SkipTo()
    {
        Skip();
        return _position;
    }

    private void Skip()
    {
        while (_position < source.Length)
        {
            if (source[_position] == '#')
            {
                var end = source.IndexOf('\n', _position);
                _position = end < 0 ? source.Length : end;
            }
            else if (char.IsWhiteSpace(source[_position]))
                _position++;
            else
                return;
        }
    }

    private char Peek(int ahead) => _position + ahead < source.Length ? source[_position + ahead] : '\0';

    private string Rest() => _position >= source.Length ? "the end" : source[_position..Math.Min(source.Length, _position + 20)].Split('\n')[0];

    private ChecktestdataSyntaxException Error(string message) => new(Line, message);
}
