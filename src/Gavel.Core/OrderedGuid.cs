using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Gavel.Core;

/// <summary>
/// Version 7 GUIDs (RFC 9562) that also within a millisecond sort in the order in which this process made them: the 12 bits after the
/// version count fractions of the millisecond (method 3 of section 6.2), and two ids never share one. 62 bits are random.
/// </summary>
internal static class OrderedGuid
{
    private const long FractionsPerMillisecond = 4096;
    private const long Backwards = 1000 * FractionsPerMillisecond;

    private static long s_last;

    public static Guid Next(DateTimeOffset now)
    {
        var ticks = now.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        var stamp = Claim(
            (ticks / TimeSpan.TicksPerMillisecond * FractionsPerMillisecond) + (ticks % TimeSpan.TicksPerMillisecond * FractionsPerMillisecond / TimeSpan.TicksPerMillisecond));

        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[8..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes, stamp / FractionsPerMillisecond << 16);
        BinaryPrimitives.WriteInt16BigEndian(bytes[6..], (short)(0x7000 | stamp % FractionsPerMillisecond));
        bytes[8] = (byte)(0x80 | bytes[8] & 0x3F);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The stamp, or the next free one after it. A clock that was set back by more than a second is believed.</summary>
    private static long Claim(long stamp)
    {
        while (true)
        {
            var last = Volatile.Read(ref s_last);
            var next = stamp <= last && last - stamp < Backwards ? last + 1 : stamp;
            if (Interlocked.CompareExchange(ref s_last, next, last) == last)
                return next;
        }
    }
}
