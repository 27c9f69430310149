using System.Globalization;

namespace Gavel.Core;

/// <summary>An amount of memory or storage, in bytes. Never negative.</summary>
/// <param name="Count">The number of bytes.</param>
public readonly record struct Bytes(long Count) : IComparable<Bytes>
{
    /// <summary>No bytes at all.</summary>
    public static readonly Bytes Zero;

    /// <summary>The amount in mebibytes (2^20 bytes), as limits are written in problem packages.</summary>
    public double Mebibytes => Count / 1048576.0;

    /// <summary>An amount given in mebibytes (2^20 bytes).</summary>
    public static Bytes FromMebibytes(double mebibytes) => new((long)(mebibytes * 1048576.0));

    /// <summary>An amount given in kibibytes (2^10 bytes).</summary>
    public static Bytes FromKibibytes(double kibibytes) => new((long)(kibibytes * 1024.0));

    /// <inheritdoc />
    public int CompareTo(Bytes other) => Count.CompareTo(other.Count);

    /// <summary>Orders by size.</summary>
    public static bool operator <(Bytes left, Bytes right) => left.Count < right.Count;

    /// <summary>Orders by size.</summary>
    public static bool operator >(Bytes left, Bytes right) => left.Count > right.Count;

    /// <summary>Orders by size.</summary>
    public static bool operator <=(Bytes left, Bytes right) => left.Count <= right.Count;

    /// <summary>Orders by size.</summary>
    public static bool operator >=(Bytes left, Bytes right) => left.Count >= right.Count;

    /// <summary>Adds two amounts.</summary>
    public static Bytes operator +(Bytes left, Bytes right) => new(left.Count + right.Count);

    /// <summary>Adds two amounts.</summary>
    public static Bytes Add(Bytes left, Bytes right) => left + right;

    /// <summary>The amount for people: <c>12.5 MiB</c>, <c>640 KiB</c>, <c>17 B</c>.</summary>
    public override string ToString() => Count switch
    {
        >= 1048576 => string.Create(CultureInfo.InvariantCulture, $"{Mebibytes:0.#} MiB"),
        >= 1024 => string.Create(CultureInfo.InvariantCulture, $"{Count / 1024.0:0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Count} B"),
    };
}
