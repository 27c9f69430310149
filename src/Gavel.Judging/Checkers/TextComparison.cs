using Gavel.Core.Checking;

namespace Gavel.Judging.Checkers;

/// <summary>
/// Compares byte by byte: either everything, or lines as testlib's <c>fcmp</c> does, for which CR LF is a line end as LF is, a last line without any byte of
/// the answer does not count, and blanks may follow the last line.
/// </summary>
internal sealed class TextComparison : OutputComparison
{
    private readonly bool _lines;
    private readonly AnswerReader _answer;
    private readonly long _required; // bytes of the answer that the output must begin with
    private readonly bool _endsWithEmptyLine; // the last of the required lines has no byte, so that something must follow what stands before it
    private ByteOrderMark _mark;
    private long _matched; // bytes of the answer
    private bool _carriageReturn; // held back until it is known whether an LF follows
    private bool _rest;
    private long _line = 1;

    internal TextComparison(string answerFile, TextRule rule)
    {
        _lines = rule == TextRule.TestlibLines;
        _mark = new(_lines);
        _answer = new(answerFile);
        (_required, _endsWithEmptyLine) = _lines ? RequiredLines(answerFile) : (new FileInfo(answerFile).Length, false);
    }

    protected override void Compare(ReadOnlySpan<byte> piece)
    {
        if (_mark.IsOpen)
            CompareBytes(_mark.Take(ref piece));
        CompareBytes(piece);
    }

    protected override void CompareEnd()
    {
        if (_mark.IsOpen)
            CompareBytes(_mark.Held);
        if (_carriageReturn)
            One((byte)'\r');
        if (!IsDecided && (_matched < _required || _endsWithEmptyLine && !_rest))
            Reject($"line {_line}: the output ends, the answer goes on");
    }

    protected override void Dispose(bool disposing)
    {
        _answer.Dispose();
        base.Dispose(disposing);
    }

    private void CompareBytes(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty && !IsDecided)
        {
            piece = SkipEqual(piece);
            if (piece.IsEmpty)
                return;

            Next(piece[0]);
            piece = piece[1..];
        }
    }

    // A CR is looked at by itself, on either side.
    private ReadOnlySpan<byte> SkipEqual(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty && !_carriageReturn && _matched < _required)
        {
            _answer.FillAhead(piece.Length);
            var window = _answer.Window[..(int)Math.Min(_answer.Window.Length, _required - _matched)];
            var equal = piece[..piece.CommonPrefixLength(window)];
            if (_lines && equal.IndexOf((byte)'\r') is >= 0 and var carriageReturn)
                equal = equal[..carriageReturn];
            if (equal.IsEmpty)
                return piece;

            Took(equal);
            piece = piece[equal.Length..];
        }

        return piece;
    }

    private void Next(byte value)
    {
        if (_carriageReturn)
        {
            _carriageReturn = false;
            if (value != '\n')
                One((byte)'\r');
        }

        if (_lines && value == '\r')
            _carriageReturn = true;
        else if (!IsDecided)
            One(value);
    }

    // The next byte of the output, with CR LF made LF.
    private void One(byte value)
    {
        if (_matched >= _required)
        {
            Behind(value);
            return;
        }

        _answer.Fill(2);
        if (_lines && _answer.Window is [(byte)'\r', (byte)'\n', ..])
        {
            _answer.Advance(1);
            _matched++;
        }

        if (_answer.Window[0] == value)
            Took(_answer.Window[..1]);
        else
            Reject($"line {_line}: {TokenText.Quote([value])} where the answer has {TokenText.Quote(_answer.Window[..1])}");
    }

    // What follows the answer: nothing; for lines, a line end and blanks.
    private void Behind(byte value)
    {
        var allowed = _lines && (_rest || _required == 0 && !_endsWithEmptyLine || value == '\n' ? value is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' : false);
        _rest = true;
        if (!allowed)
            Reject($"line {_line}: {TokenText.Quote([value])} after the end of the answer");
    }

    private void Took(ReadOnlySpan<byte> equal)
    {
        _line += equal.Count((byte)'\n');
        _matched += equal.Length;
        _answer.Advance(equal.Length);
    }

    // Leaves out the last line end, and then a last line without any byte.
    private static (long Length, bool EndsWithEmptyLine) RequiredLines(string answerFile)
    {
        using var file = File.OpenHandle(answerFile);
        var length = RandomAccess.GetLength(file);
        Span<byte> end = stackalloc byte[(int)Math.Min(length, 6)];
        end = end[..RandomAccess.Read(file, end, length - end.Length)];
        var rest = WithoutLineEnd(end);
        if (rest.Length < end.Length && (rest.IsEmpty || rest[^1] == '\n'))
        {
            // The line that has just lost its end is empty, and the last.
            if (rest.IsEmpty)
                return (0, false);

            rest = WithoutLineEnd(rest);
            return (length - end.Length + rest.Length, rest.IsEmpty ? length - end.Length == 0 : rest[^1] == '\n');
        }

        return (length - end.Length + rest.Length, false);
    }

    private static Span<byte> WithoutLineEnd(Span<byte> text) => text switch
    {
        [.. var rest, (byte)'\r', (byte)'\n'] => rest,
        [.. var rest, (byte)'\n'] => rest,
        _ => text,
    };
}
