namespace Gavel.Judging.Checkers;

/// <summary>
/// The ICPC default output validator, after the 2025-09 text (docs/reference/checkers.md names the differences to its implementations).
/// </summary>
/// <remarks>
/// Theory of operation. Both sides are sequences of tokens and white space. "In step" means: everything so far matched, and both sides stand at a token's
/// first byte or in white space. In step, the common prefix of the piece and of the answer's window is found with vector instructions, and both sides move
/// behind its last white space: no token is looked at. What remains is one token that differs, or is cut by the end of the piece; it is gathered in
/// <c>_token</c> and compared by itself, after which both sides are in step again. A token too long to gather is compared as text while it passes.
/// </remarks>
internal sealed class DefaultComparison : OutputComparison
{
    /// <summary>Tokens longer than this are compared as text even where numbers have a tolerance.</summary>
    internal const int LongestToken = 64 << 10;

    private readonly DefaultCheckerFlags _flags;
    private readonly AnswerReader _answer;
    private byte[] _token = new byte[256];
    private int _tokenLength;
    private bool _inLongToken;
    private long _line = 1;

    internal DefaultComparison(string answerFile, DefaultCheckerFlags flags)
    {
        _flags = flags;
        _answer = new(answerFile);
    }

    protected override void Compare(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty && !IsWrong)
        {
            if (_tokenLength == 0 && !_inLongToken)
                piece = SkipEqual(piece);
            if (piece.IsEmpty)
                return;

            piece = Whitespace.Is(piece[0]) ? Space(piece) : Token(piece);
        }
    }

    protected override void CompareEnd()
    {
        EndToken();
        if (IsWrong)
            return;

        if (_flags.SpaceChangeSensitive ? _answer.Fill() : _answer.SkipWhitespace())
            Reject($"line {_line}: the output ends, the answer goes on with {Next()}");
    }

    protected override void Dispose(bool disposing)
    {
        _answer.Dispose();
        base.Dispose(disposing);
    }

    // In step: leaves out all that is equal up to the last white space on both sides.
    private ReadOnlySpan<byte> SkipEqual(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            _answer.FillAhead(piece.Length);
            var common = piece[..piece.CommonPrefixLength(_answer.Window)];
            var equal = common[..(common.LastIndexOfAny(Whitespace.Bytes) + 1)];
            if (equal.IsEmpty)
                return piece;

            _line += equal.Count((byte)'\n');
            _answer.Advance(equal.Length);
            piece = piece[equal.Length..];
        }

        return piece;
    }

    private ReadOnlySpan<byte> Space(ReadOnlySpan<byte> piece)
    {
        EndToken();
        if (IsWrong)
            return [];

        var end = piece.IndexOfAnyExcept(Whitespace.Bytes);
        var space = end < 0 ? piece : piece[..end];
        if (_flags.SpaceChangeSensitive)
        {
            foreach (var value in space)
            {
                if (!_answer.Fill() || _answer.Window[0] != value)
                {
                    Reject($"line {_line}: white space {TokenText.Quote([value])} where the answer has {Next()}");
                    return [];
                }

                _answer.Advance(1);
                _line += value == '\n' ? 1 : 0;
            }
        }
        else
        {
            _line += space.Count((byte)'\n');
        }

        return piece[space.Length..];
    }

    private ReadOnlySpan<byte> Token(ReadOnlySpan<byte> piece)
    {
        var end = piece.IndexOfAny(Whitespace.Bytes);
        var part = end < 0 ? piece : piece[..end];
        if (!_inLongToken && _tokenLength + part.Length > LongestToken)
            StartLongToken();
        if (_inLongToken)
            CompareText(part);
        else if (_tokenLength == 0 && end >= 0)
            CompareToken(part);
        else
            Gather(part);

        return piece[part.Length..];
    }

    private void Gather(ReadOnlySpan<byte> part)
    {
        if (_token.Length < _tokenLength + part.Length)
            Array.Resize(ref _token, Math.Max(_tokenLength + part.Length, _token.Length * 2));

        part.CopyTo(_token.AsSpan(_tokenLength));
        _tokenLength += part.Length;
    }

    // The output's token is complete, if one was begun.
    private void EndToken()
    {
        if (_tokenLength > 0)
            CompareToken(_token.AsSpan(0, _tokenLength));
        if (_inLongToken && _answer.Fill() && !Whitespace.Is(_answer.Window[0]))
            Reject($"line {_line}: a long token ends, the answer's goes on");

        _tokenLength = 0;
        _inLongToken = false;
    }

    private void CompareToken(ReadOnlySpan<byte> output)
    {
        if (!AnswerAtToken())
        {
            Reject($"line {_line}: {TokenText.Quote(output)} where the answer has {Next()}");
            return;
        }

        var expected = _answer.PeekToken();
        if (Matches(expected, output))
            _answer.Advance(expected.Length);
        else
            Reject($"line {_line}: {TokenText.Quote(output)} where the answer has {TokenText.Quote(expected)}");
    }

    private bool Matches(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> output)
    {
        if (expected.SequenceEqual(output))
            return true;
        if (_flags.Tolerance is { } tolerance && FloatGrammar.IsNumber(expected))
            return FloatGrammar.IsNumber(output) && tolerance.Accepts(expected, output);

        return !_flags.CaseSensitive && TokenText.EqualsIgnoreCase(expected, output);
    }

    private bool AnswerAtToken() =>
        _flags.SpaceChangeSensitive ? _answer.Fill() && !Whitespace.Is(_answer.Window[0]) : _answer.SkipWhitespace();

    private void StartLongToken()
    {
        _inLongToken = true;
        var begin = _token.AsSpan(0, _tokenLength);
        _tokenLength = 0;
        if (!AnswerAtToken())
            Reject($"line {_line}: a long token where the answer has {Next()}");
        else
            CompareText(begin);
    }

    private void CompareText(ReadOnlySpan<byte> part)
    {
        while (!part.IsEmpty && !IsWrong)
        {
            var available = _answer.Fill(part.Length) ? Math.Min(part.Length, _answer.Window.Length) : 0;
            var expected = _answer.Window[..available];
            var same = _flags.CaseSensitive ? expected.SequenceEqual(part[..available]) : TokenText.EqualsIgnoreCase(expected, part[..available]);
            if (available == 0 || !same)
            {
                Reject($"line {_line}: a long token differs from the answer's");
                return;
            }

            _answer.Advance(available);
            part = part[available..];
        }
    }

    private string Next() => !_answer.Fill() ? "its end" : TokenText.Quote(Whitespace.Is(_answer.Window[0]) ? _answer.Window[..1] : _answer.PeekToken());
}
