using System.Buffers;
using Gavel.Core.Checking;

namespace Gavel.Judging.Checkers;

/// <summary>Compares token by token, in order: the ICPC default output validator and most named checkers.</summary>
/// <remarks>
/// Theory of operation. Both sides are sequences of tokens and gaps. "In step" means: everything so far matched, and both sides stand right behind a token, or
/// at their beginning. In step, the common prefix of the piece and of the answer's window is found with vector instructions, and both sides move behind its
/// last whole token: no token is looked at. What remains is a gap and a token that differ, or are cut by the end of the piece; the gap goes into a
/// <see cref="GapMeter"/>, the token is gathered in <c>_token</c> and compared by itself, after which both sides are in step again. A token too long to gather
/// is compared as text while it passes.
/// </remarks>
internal sealed class TokenComparison : OutputComparison
{
    /// <summary>Tokens longer than this are compared as text even where numbers have a tolerance.</summary>
    internal const int LongestToken = 64 << 10;

    private static readonly SearchValues<byte> s_nanAndInf = SearchValues.Create("nN"u8);

    private readonly CheckerRule.Tokens _rule;
    private readonly SearchValues<byte> _separators;
    private readonly TokenMatcher _matcher;
    private readonly AnswerReader _answer;
    private readonly KeyedHash? _hash;
    private readonly bool _looksAtEqualTokens;
    private readonly bool _nanDiffersFromItself;
    private ByteOrderMark _mark;
    private GapMeter _gap;
    private byte[] _token = new byte[256];
    private int _tokenLength;
    private bool _inLongToken;
    private long _tokens;
    private long _line = 1;

    internal TokenComparison(string answerFile, CheckerRule.Tokens rule)
    {
        _rule = rule;
        _separators = Whitespace.Of(rule.Separators);
        _matcher = new(rule);
        _hash = rule.Gaps is GapRule.Exact or GapRule.StrippedLines or GapRule.AllStrippedLines or GapRule.FilledStrippedLines ? new() : null;
        _gap = new(rule.Gaps, _hash);
        _mark = new(rule.SkipsByteOrderMark);
        _looksAtEqualTokens = rule.Shape is not (TokenShape.Any or TokenShape.LongInteger or TokenShape.Number) || rule.OneToken;
        _nanDiffersFromItself = rule.Numbers is { Grammar: NumberGrammar.Python };
        _answer = new(answerFile, _separators);
    }

    protected override void Compare(ReadOnlySpan<byte> piece)
    {
        if (_mark.IsOpen)
        {
            var held = _mark.Take(ref piece);
            CompareTokens(held);
        }

        CompareTokens(piece);
    }

    protected override void CompareEnd()
    {
        if (_mark.IsOpen)
            CompareTokens(_mark.Held);
        EndToken();
        if (IsDecided)
            return;
        if (_rule.OneToken)
        {
            EndSingle();
            return;
        }

        var expected = NewGap();
        if (_answer.SkipGap(ref expected))
            Reject($"line {_line}: the output ends, the answer goes on with {Next()}");
        else if (!GapMeter.Agree(expected, _gap, _rule.Gaps, _tokens == 0 ? GapPlace.Whole : GapPlace.Trailing))
            Reject($"line {_line}: the white space at the end differs");
    }

    protected override void Dispose(bool disposing)
    {
        _answer.Dispose();
        base.Dispose(disposing);
    }

    private void CompareTokens(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty && !IsDecided)
        {
            if (_tokenLength == 0 && !_inLongToken && _gap.IsEmpty && !_looksAtEqualTokens)
                piece = SkipEqual(piece);
            if (piece.IsEmpty)
                return;

            piece = _separators.Contains(piece[0]) ? Space(piece) : Token(piece);
        }
    }

    // In step: leaves out all that is equal up to the end of the last token that is whole on both sides.
    private ReadOnlySpan<byte> SkipEqual(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            _answer.FillAhead(piece.Length);
            var common = piece[..piece.CommonPrefixLength(_answer.Window)];
            if (_nanDiffersFromItself && common.IndexOfAny(s_nanAndInf) is >= 0 and var doubtful)
                common = common[..doubtful];
            var length = _rule.Shape == TokenShape.Any ? WholeTokens(common) : PlainNumbers.Prefix(common, fractions: _rule.Shape == TokenShape.Number);
            if (length == 0)
                return piece;

            _line += common[..length].Count((byte)'\n');
            _tokens++; // at least one; nobody counts them here
            _answer.Advance(length);
            piece = piece[length..];
        }

        return piece;
    }

    private int WholeTokens(ReadOnlySpan<byte> text)
    {
        var space = text.LastIndexOfAny(_separators);
        return space < 0 ? 0 : text[..space].LastIndexOfAnyExcept(_separators) + 1;
    }

    private ReadOnlySpan<byte> Space(ReadOnlySpan<byte> piece)
    {
        EndToken();
        if (IsDecided)
            return [];

        var end = piece.IndexOfAnyExcept(_separators);
        var space = end < 0 ? piece : piece[..end];
        _gap.Add(space);
        _line += space.Count((byte)'\n');
        return piece[space.Length..];
    }

    private ReadOnlySpan<byte> Token(ReadOnlySpan<byte> piece)
    {
        var end = piece.IndexOfAny(_separators);
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
        if (_inLongToken && _answer.Fill() && !_separators.Contains(_answer.Window[0]))
            Reject($"line {_line}: a long token ends, the answer's goes on");

        _tokenLength = 0;
        _inLongToken = false;
    }

    private void CompareToken(ReadOnlySpan<byte> output)
    {
        if (!ReachToken(output))
            return;

        var expected = _answer.PeekToken();
        var match = _matcher.Match(expected, output, _tokens - 1);
        switch (match.Verdict)
        {
            case TokenVerdict.Same:
                _answer.Advance(expected.Length);
                break;
            case TokenVerdict.Different:
                Reject($"line {_line}: {TokenText.Quote(output)} where the answer has {TokenText.Quote(expected)}");
                break;
            case TokenVerdict.Malformed:
                Reject($"line {_line}: {TokenText.Quote(output)} is not {match.Wanted}");
                break;
            case TokenVerdict.AnswerMalformed:
                Fail($"the judge answer has {TokenText.Quote(expected)}, which is not {match.Wanted}");
                break;
        }
    }

    // A token begins in the output: so must one in the answer, behind white space that is as good as the output's.
    private bool ReachToken(ReadOnlySpan<byte> output)
    {
        var place = _tokens++ == 0 ? GapPlace.Leading : GapPlace.Inner;
        if (_rule.OneToken && place == GapPlace.Inner)
        {
            if (!IsAnswerTooLong())
                Reject($"line {_line}: {TokenText.Quote(output)} after the end of the answer");
            return false;
        }

        var expected = NewGap();
        if (!_answer.SkipGap(ref expected))
            Reject($"line {_line}: {TokenText.Quote(output)} where the answer has its end");
        else if (!GapMeter.Agree(expected, _gap, _rule.Gaps, place))
            Reject($"line {_line}: the white space before {TokenText.Quote(output)} is not the answer's");

        _gap = NewGap();
        return !IsDecided;
    }

    private void StartLongToken()
    {
        _inLongToken = true;
        var begin = _token.AsSpan(0, _tokenLength);
        _tokenLength = 0;
        if (!ReachToken(begin))
            return;
        if (_matcher.LongTokens is { } wanted)
            Reject($"line {_line}: a token of more than {LongestToken} bytes is not {wanted}");
        else
            CompareText(begin);
    }

    private void CompareText(ReadOnlySpan<byte> part)
    {
        while (!part.IsEmpty && !IsDecided)
        {
            var available = _answer.Fill(part.Length) ? Math.Min(part.Length, _answer.Window.Length) : 0;
            var expected = _answer.Window[..available];
            var same = _rule.CaseSensitive ? expected.SequenceEqual(part[..available]) : TokenText.EqualsIgnoreCase(expected, part[..available]);
            if (available == 0 || !same)
            {
                Reject($"line {_line}: a long token differs from the answer's");
                return;
            }

            _answer.Advance(available);
            part = part[available..];
        }
    }

    private void EndSingle()
    {
        var rest = NewGap();
        if (_tokens == 0 && _answer.SkipGap(ref rest))
            Reject("the output is empty");
        else if (_tokens == 0)
            Fail("the judge answer is empty");
        else if (!IsAnswerTooLong() && _rule.DistanceIsScore)
            Score(_matcher.Distance);
    }

    // Only testlib's hcmp looks at what follows the answer's first token.
    private bool IsAnswerTooLong()
    {
        var rest = NewGap();
        if (_rule.Shape != TokenShape.HugeInteger || !_answer.SkipGap(ref rest))
            return false;

        Fail($"the judge answer goes on with {Next()}; it must be one number");
        return true;
    }

    private GapMeter NewGap() => new(_rule.Gaps, _hash);

    private string Next() => !_answer.Fill() ? "its end" : TokenText.Quote(_separators.Contains(_answer.Window[0]) ? _answer.Window[..1] : _answer.PeekToken());
}
