namespace Gavel.Queue;

/// <summary>
/// In which order a worker looks at the lanes: best first, except that every eighth look starts at one of the others, in turn. A full contest
/// lane therefore slows the others down to a twenty-fourth of the capacity each, and never stops them.
/// </summary>
public sealed class LaneOrder
{
    /// <summary>One look in so many serves another lane first.</summary>
    public const int Guard = 8;

    private static readonly short[] BestFirst = [.. Enum.GetValues<Lane>().Select(l => (short)l)];

    private int _looks;

    /// <summary>The lanes for the next look, in order.</summary>
    public short[] Next()
    {
        var look = Interlocked.Increment(ref _looks) & int.MaxValue;
        if (look % Guard != 0)
            return BestFirst;

        var first = (short)(1 + (look / Guard % (BestFirst.Length - 1)));
        return [first, .. BestFirst.Where(l => l != first)];
    }
}
