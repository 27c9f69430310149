using System.Globalization;
using System.Numerics;

namespace Gavel.Judging.Checkers;

/// <summary>How far numbers may be off. An absolute or a relative tolerance suffices when both are given; relative means relative to the answer.</summary>
/// <param name="Absolute">As written in the flags; null for none.</param>
/// <param name="Relative">As written in the flags; null for none.</param>
internal sealed record FloatTolerance(string? Absolute, string? Relative)
{
    private readonly double _absolute = Absolute is null ? -1 : double.Parse(Absolute, NumberStyles.Float, CultureInfo.InvariantCulture);
    private readonly double _relative = Relative is null ? -1 : double.Parse(Relative, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>
    /// True when the output number is near enough. Where binary arithmetic cannot tell (0.999999 beside 1 with 1e-6), the numbers are compared as they
    /// are written, in exact decimal arithmetic.
    /// </summary>
    internal bool Accepts(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> output)
    {
        var expected = double.Parse(answer, NumberStyles.Float, CultureInfo.InvariantCulture);
        var actual = double.Parse(output, NumberStyles.Float, CultureInfo.InvariantCulture);
        var difference = Math.Abs(expected - actual);
        var allowed = Math.Max(_absolute, _relative < 0 ? -1 : _relative * Math.Abs(expected));

        // The error of the difference is a few units in the last place of the operands.
        var doubt = Math.Max(Math.Max(Math.Abs(expected), Math.Abs(actual)), Math.Abs(allowed)) * 1e-15;
        if (Math.Abs(difference - allowed) > doubt || !double.IsFinite(difference))
            return difference <= allowed;

        return AcceptsExactly(answer, output) ?? difference <= allowed;
    }

    private bool? AcceptsExactly(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> output)
    {
        if (Exact.Parse(answer) is not { } expected || Exact.Parse(output) is not { } actual)
            return null;

        var difference = Exact.Difference(expected, actual);
        return (Absolute is not null && Exact.Parse(Bytes(Absolute)) is { } absolute && Exact.Compare(difference, absolute) <= 0)
            || (Relative is not null && Exact.Parse(Bytes(Relative)) is { } relative && Exact.Compare(difference, Exact.Product(relative, expected)) <= 0);
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    /// <summary>A decimal number without rounding: digits times a power of ten.</summary>
    private readonly record struct Exact(BigInteger Digits, int Exponent)
    {
        // Beyond these lengths exactness would cost more than it is worth; binary comparison decides.
        private const int MostDigits = 2000;
        private const int LargestExponent = 2000;

        internal static Exact? Parse(ReadOnlySpan<byte> token)
        {
            var text = System.Text.Encoding.ASCII.GetString(token);
            var e = text.IndexOfAny(['e', 'E']);
            var mantissa = e < 0 ? text : text[..e];
            var point = mantissa.IndexOf('.', StringComparison.Ordinal);
            var exponent = 0;
            if (text.Length > MostDigits || (e >= 0 && !int.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)))
                return null;

            exponent -= point < 0 ? 0 : mantissa.Length - point - 1;
            return Math.Abs((long)exponent) <= LargestExponent
                && BigInteger.TryParse(mantissa.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var digits)
                ? new(digits, exponent)
                : null;
        }

        internal static Exact Difference(Exact left, Exact right)
        {
            var exponent = Math.Min(left.Exponent, right.Exponent);
            return new(BigInteger.Abs(left.At(exponent) - right.At(exponent)), exponent);
        }

        internal static Exact Product(Exact left, Exact right) => new(BigInteger.Abs(left.Digits * right.Digits), left.Exponent + right.Exponent);

        internal static int Compare(Exact left, Exact right)
        {
            var exponent = Math.Min(left.Exponent, right.Exponent);
            return left.At(exponent).CompareTo(right.At(exponent));
        }

        private BigInteger At(int exponent) => Digits * BigInteger.Pow(10, Exponent - exponent);
    }
}
