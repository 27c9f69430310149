using System.Buffers.Binary;

namespace Gavel.Packages.Archives;

/// <summary>Looks at a zip's central directory before the runtime reads all of it into memory.</summary>
internal static class ZipDirectory
{
    private const int SmallestHeader = 46;
    private const uint HeaderSignature = 0x02014B50;

    /// <summary>
    /// True when the archive can hold more entries than allowed: their headers, of 46 bytes at least, are counted wherever they lie, so that no
    /// field of the archive has to be believed. Test data that happens to hold that many signatures is refused along with bombs.
    /// </summary>
    public static async Task<bool> HasMoreEntriesAsync(Stream zip, int limit, CancellationToken ct)
    {
        var start = zip.Position;
        if ((zip.Length - start) / SmallestHeader <= limit)
            return false;

        var buffer = new byte[1 << 16];
        var (kept, count) = (0, 0);
        for (int read; (read = await zip.ReadAsync(buffer.AsMemory(kept), ct)) > 0 && count <= limit;)
        {
            var filled = kept + read;
            count += Count(buffer.AsSpan(0, filled));
            kept = Math.Min(3, filled);
            buffer.AsSpan(filled - kept, kept).CopyTo(buffer);
        }

        zip.Position = start;
        return count > limit;
    }

    private static int Count(ReadOnlySpan<byte> bytes)
    {
        Span<byte> signature = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(signature, HeaderSignature);
        return bytes.Count(signature);
    }
}
