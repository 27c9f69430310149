namespace Gavel.Packages.Archives;

/// <summary>The checksum of zip entries (ISO 3309), which the runtime's zip reader does not verify.</summary>
internal struct Crc32
{
    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(n =>
    {
        var c = (uint)n;
        for (var bit = 0; bit < 8; bit++)
            c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
        return c;
    })];

    private uint _inverted;

    public readonly uint Value => _inverted;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var c = ~_inverted;
        foreach (var b in bytes)
            c = s_table[(c ^ b) & 0xFF] ^ (c >> 8);
        _inverted = ~c;
    }
}
