using Gavel.Core.Checking;

namespace Gavel.Judging.Checkers;

/// <summary>Where in an output white space stands.</summary>
internal enum GapPlace
{
    /// <summary>Before the first token.</summary>
    Leading,

    /// <summary>Between two tokens.</summary>
    Inner,

    /// <summary>After the last token.</summary>
    Trailing,

    /// <summary>There is no token at all.</summary>
    Whole,
}

/// <summary>Takes in the white space between two tokens, however long, and remembers what the <see cref="GapRule"/> needs to compare it with the other side's.</summary>
internal struct GapMeter(GapRule rule, KeyedHash? hash)
{
    private long _length;
    private long _lineFeeds;
    private long _lineEnds; // LF or CR
    private long _filledLines; // pieces between line ends that hold a byte, without the first and the last piece
    private long _piece; // bytes since the last line end
    private bool _firstPieceFilled;
    private long _line; // bytes since the last LF
    private bool _lastLineEmpty; // what stands between the last two LFs, but for a CR
    private ulong _lineHash; // of the bytes since the last LF
    private bool _carriageReturnOnly;
    private long _lastFeed; // LFs before the last VT or FF, and one; 0 for none

    /// <summary>Bytes so far.</summary>
    internal readonly bool IsEmpty => _length == 0;

    /// <summary>Takes the next piece of white space.</summary>
    internal void Add(ReadOnlySpan<byte> space)
    {
        _length += space.Length;
        if (rule == GapRule.Ignored)
            return;

        foreach (var value in space)
        {
            if (value == '\n' || value == '\r' && rule != GapRule.FilledStrippedLines)
            {
                if (_lineEnds == 0)
                    _firstPieceFilled = _piece > 0;
                else if (_piece > 0)
                    _filledLines++;
                _lineEnds++;
                _piece = 0;
            }
            else
            {
                _piece++;
            }

            if (value == '\n' && rule != GapRule.Exact)
            {
                _lastLineEmpty = _line == 0 || _carriageReturnOnly;
                _lineFeeds++;
                (_line, _lineHash) = (0, 0);
            }
            else
            {
                if (value is (byte)'\v' or (byte)'\f')
                    _lastFeed = _lineFeeds + 1;
                _carriageReturnOnly = _line == 0 && value == '\r';
                _line++;
                _lineHash = hash?.Append(_lineHash, value) ?? 0;
            }
        }
    }

    /// <summary>True when the output's white space is as good as the answer's, by the rule.</summary>
    internal static bool Agree(in GapMeter answer, in GapMeter output, GapRule rule, GapPlace place)
    {
        var atEnd = place is GapPlace.Trailing or GapPlace.Whole;
        return rule switch
        {
            GapRule.Ignored => true,
            GapRule.Exact => answer._length == output._length && answer._lineHash == output._lineHash,
            GapRule.LineEnds => atEnd || answer._lineFeeds == output._lineFeeds,
            GapRule.TestlibLineEnds => atEnd ? answer.LinesRequired(place) is var lines && lines <= output.LinesThere(place) && output.OnlyBlanksBehind(lines, place) : answer._lineFeeds == output._lineFeeds,
            GapRule.AnyLineEnd => place != GapPlace.Inner || answer._lineEnds > 0 == output._lineEnds > 0,
            GapRule.FilledLines => (place != GapPlace.Inner || answer._lineEnds > 0 == output._lineEnds > 0) && answer.Filled(place) == output.Filled(place),
            GapRule.StrippedLines => atEnd || answer.SameLineStart(output) && answer._lineFeeds == output._lineFeeds,
            GapRule.AllStrippedLines => (atEnd || answer.SameLineStart(output)) && answer._lineFeeds == output._lineFeeds,
            GapRule.FilledStrippedLines => (atEnd || answer.SameLineStart(output) && (place == GapPlace.Leading || answer._lineFeeds > 0 == output._lineFeeds > 0))
                && answer.Filled(place) == output.Filled(place),
        };
    }

    private readonly bool SameLineStart(in GapMeter other) => _line == other._line && _lineHash == other._lineHash;

    // Without a token before or after them, the first and the last piece are lines of their own.
    private readonly long Filled(GapPlace place) => _filledLines
        + (place is (GapPlace.Leading or GapPlace.Whole) && _firstPieceFilled ? 1 : 0)
        + ((place == GapPlace.Whole || place == GapPlace.Trailing && _lineEnds > 0) && _piece > 0 ? 1 : 0);

    // testlib's line checkers read the answer line by line, leave out a last line without any byte, and want as many lines of the output.
    private readonly long LinesRequired(GapPlace place) => LinesThere(place) - (LinesThere(place) > 0 && _line == 0 && _lastLineEmpty ? 1 : 0);

    // What follows the lines that were compared may be white space, but no vertical tab or form feed: testlib does not take them for blanks.
    private readonly bool OnlyBlanksBehind(long lines, GapPlace place) => _lastFeed <= (place == GapPlace.Whole ? lines : lines + 1);

    private readonly long LinesThere(GapPlace place) =>
        place == GapPlace.Whole ? _lineFeeds + (_line > 0 ? 1 : 0) : _lineFeeds == 0 ? 0 : _lineFeeds - 1 + (_line > 0 ? 1 : 0);
}
