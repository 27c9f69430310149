using System.Globalization;
using Gavel.Core.Checking;

namespace Gavel.Judging.Checkers;

/// <summary>
/// Compares line by line and goes on after a wrong one: every right line gives its share of the points, where points are given at all. Lines without any byte
/// are left out on both sides.
/// </summary>
/// <param name="answerFile">The judge answer.</param>
/// <param name="rule">How lines are compared and weighed.</param>
/// <param name="scoring">True when an output that is right in part earns its share; false when it is right or wrong.</param>
internal sealed class LinePointsComparison(string answerFile, CheckerRule.LinePoints rule, bool scoring) : OutputComparison
{
    private readonly AnswerReader _answer = new(answerFile);
    private readonly LineHash _output = new(rule.Stripped);
    private readonly LineHash _expected = new(rule.Stripped);
    private readonly KeyedHash _hash = new();
    private long _outputLines;
    private long _answerLines;
    private long _right;
    private double _points;
    private double _all;

    protected override void Compare(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            piece = SkipEqual(piece);
            var end = piece.IndexOfAny((byte)'\n', (byte)'\r') + 1;
            foreach (var value in end == 0 ? piece : piece[..end])
                if (_output.Add(value, _hash))
                    EndLine();
            piece = end == 0 ? [] : piece[end..];
        }
    }

    // Between two lines on both sides: lines that are equal, ended by LF alone and not empty are right without being looked at, where all weigh the same.
    private ReadOnlySpan<byte> SkipEqual(ReadOnlySpan<byte> piece)
    {
        while (rule.Weights is null && _output.IsAtStart && _expected.IsAtStart && !piece.IsEmpty)
        {
            _answer.FillAhead(piece.Length);
            var equal = piece[..piece.CommonPrefixLength(_answer.Window)];
            if (equal.IndexOf((byte)'\r') is >= 0 and var carriageReturn)
                equal = equal[..carriageReturn];
            if (equal.IndexOf("\n\n"u8) is >= 0 and var emptyLine)
                equal = equal[..(emptyLine + 1)];
            equal = equal[..(equal.LastIndexOf((byte)'\n') + 1)];
            if (equal.IsEmpty || equal[0] == '\n')
                return piece;

            var lines = equal.Count((byte)'\n');
            _outputLines += lines;
            _answerLines += lines;
            _right += lines;
            _points += lines;
            _all += lines;
            _answer.Advance(equal.Length);
            piece = piece[equal.Length..];
        }

        return piece;
    }

    protected override void CompareEnd()
    {
        if (_output.End())
            EndLine();
        while (NextAnswerLine() is not null)
        {
        }

        if (rule.Weights is { } weights && weights.Count != _answerLines)
            Fail(string.Create(CultureInfo.InvariantCulture, $"points are given for {weights.Count} lines, but the judge answer has {_answerLines}"));
        else if (rule.EveryLineRequired && _outputLines != _answerLines || !rule.AnyRightLineAccepts && _outputLines > _answerLines)
            Reject(string.Create(CultureInfo.InvariantCulture, $"{_outputLines} lines where the answer has {_answerLines}"));
        else
            Decide(string.Create(CultureInfo.InvariantCulture, $"{_right} of {_answerLines} lines are right"));
    }

    protected override void Dispose(bool disposing)
    {
        _answer.Dispose();
        base.Dispose(disposing);
    }

    private void Decide(string message)
    {
        var share = _all == 0 ? 1 : _points / _all;
        if (share <= 0 || share < 1 && !scoring && !rule.AnyRightLineAccepts)
            Reject(message);
        else if (scoring)
            Share(share, message);
    }

    private void EndLine()
    {
        _outputLines++;
        var line = _output.Take();
        if (NextAnswerLine() is not { } expected || expected.Line != line)
            return;

        _right++;
        _points += expected.Weight;
    }

    private ((long Length, ulong Hash) Line, double Weight)? NextAnswerLine()
    {
        while (_answer.Fill())
        {
            var value = _answer.Window[0];
            _answer.Advance(1);
            if (_expected.Add(value, _hash))
                return Weighed();
        }

        return _expected.End() ? Weighed() : null;

        ((long, ulong), double) Weighed()
        {
            var weight = rule.Weights is not { } weights ? 1 : _answerLines < weights.Count ? weights[(int)_answerLines] : 0;
            _answerLines++;
            _all += weight;
            return (_expected.Take(), weight);
        }
    }

    /// <summary>A line's length and hash, with or without the white space around it.</summary>
    private sealed class LineHash(bool stripped)
    {
        private long _bytes;
        private (long Length, ulong Hash) _all;
        private (long Length, ulong Hash) _kept; // up to the last byte that is no white space

        /// <summary>True between two lines.</summary>
        internal bool IsAtStart => _bytes == 0;

        /// <summary>Takes a byte. True when it ends a line that has bytes.</summary>
        internal bool Add(byte value, KeyedHash hash)
        {
            if (value is (byte)'\n' or (byte)'\r')
                return _bytes > 0;

            _bytes++;
            var white = stripped && Whitespace.Is(value);
            if (white && _all.Length == 0)
                return false;

            _all = (_all.Length + 1, hash.Append(_all.Hash, value));
            if (!white)
                _kept = _all;
            return false;
        }

        /// <summary>True when a last line without line end is there.</summary>
        internal bool End() => _bytes > 0;

        /// <summary>The line; the next one begins.</summary>
        internal (long Length, ulong Hash) Take()
        {
            var line = _kept;
            (_bytes, _all, _kept) = (0, default, default);
            return line;
        }
    }
}
