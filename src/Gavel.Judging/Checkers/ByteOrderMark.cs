namespace Gavel.Judging.Checkers;

/// <summary>Leaves out a UTF-8 byte order mark at the beginning of an output that comes in pieces.</summary>
internal struct ByteOrderMark(bool expected)
{
    private static ReadOnlySpan<byte> Mark => [0xef, 0xbb, 0xbf];

    private int _matched;

    /// <summary>True while the next byte may still belong to a mark.</summary>
    internal bool IsOpen { get; private set; } = expected;

    /// <summary>What looked like a mark so far.</summary>
    internal readonly ReadOnlySpan<byte> Held => Mark[.._matched];

    /// <summary>Moves the piece behind a mark. Returns what was held back and turned out to be no mark.</summary>
    internal ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty && _matched < Mark.Length && piece[0] == Mark[_matched])
        {
            piece = piece[1..];
            _matched++;
        }

        IsOpen = piece.IsEmpty && _matched < Mark.Length;
        return IsOpen || _matched == Mark.Length ? [] : Held;
    }
}
