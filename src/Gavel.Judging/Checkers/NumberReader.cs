using System.Globalization;
using System.Text;
using Gavel.Core.Checking;

namespace Gavel.Judging.Checkers;

/// <summary>What a token is as a number.</summary>
internal enum NumberKind
{
    /// <summary>No number.</summary>
    None,
    Finite,
    PositiveInfinity,
    NegativeInfinity,
    NotANumber,
}

/// <summary>A token read as a number.</summary>
/// <param name="kind">What it is.</param>
/// <param name="text">A finite one as <see cref="FloatGrammar"/> has it.</param>
internal readonly ref struct ReadNumber(NumberKind kind, ReadOnlySpan<byte> text)
{
    internal NumberKind Kind { get; } = kind;

    internal ReadOnlySpan<byte> Text { get; } = text;

    internal bool IsFinite => Kind == NumberKind.Finite;

    internal bool IsInfinite => Kind is NumberKind.PositiveInfinity or NumberKind.NegativeInfinity;
}

/// <summary>Reads tokens as numbers by each <see cref="NumberGrammar"/>.</summary>
internal static class NumberReader
{
    internal static ReadNumber Read(ReadOnlySpan<byte> token, NumberGrammar grammar)
    {
        if (FloatGrammar.IsNumber(token))
            return new(NumberKind.Finite, token);

        return grammar switch
        {
            NumberGrammar.Icpc => default,
            NumberGrammar.Testlib => WithoutEmptyExponent(token),
            NumberGrammar.Python => Named(token) is { Kind: not NumberKind.None } named ? named : WithoutUnderscores(token),
            NumberGrammar.Scanf or NumberGrammar.ScanfInfinity =>
                Named(token) is { Kind: not NumberKind.None } named ? named : Hexadecimal(token) is { IsFinite: true } hex ? hex : WithoutEmptyExponent(token),
        };
    }

    // scanf takes the 'e' for the beginning of an exponent and does without the rest.
    private static ReadNumber WithoutEmptyExponent(ReadOnlySpan<byte> token)
    {
        var rest = token is [.., (byte)'+' or (byte)'-'] ? token[..^1] : token;
        return rest is [.. var number, (byte)'e' or (byte)'E'] && FloatGrammar.IsNumber(number) && number.IndexOfAny((byte)'e', (byte)'E') < 0
            ? new(NumberKind.Finite, number)
            : default;
    }

    private static ReadNumber Named(ReadOnlySpan<byte> token)
    {
        var negative = token is [(byte)'-', ..];
        var name = token is [(byte)'-' or (byte)'+', ..] ? token[1..] : token;
        if (TokenText.EqualsIgnoreCase(name, "nan"u8))
            return new(NumberKind.NotANumber, []);

        return TokenText.EqualsIgnoreCase(name, "inf"u8) || TokenText.EqualsIgnoreCase(name, "infinity"u8)
            ? new(negative ? NumberKind.NegativeInfinity : NumberKind.PositiveInfinity, [])
            : default;
    }

    // Python allows one underscore between two digits.
    private static ReadNumber WithoutUnderscores(ReadOnlySpan<byte> token)
    {
        if (!token.Contains((byte)'_') || token.Length > TokenComparison.LongestToken)
            return default;

        var text = new byte[token.Length];
        var length = 0;
        for (var i = 0; i < token.Length; i++)
        {
            if (token[i] != '_')
                text[length++] = token[i];
            else if (i == 0 || i + 1 == token.Length || !char.IsAsciiDigit((char)token[i - 1]) || !char.IsAsciiDigit((char)token[i + 1]))
                return default;
        }

        var number = text.AsSpan(0, length);
        return FloatGrammar.IsNumber(number) ? new(NumberKind.Finite, number) : default;
    }

    // [+-]?0x hex digits, with a point, with an exponent of two.
    private static ReadNumber Hexadecimal(ReadOnlySpan<byte> token)
    {
        var sign = token is [(byte)'-', ..] ? -1.0 : 1.0;
        var rest = token is [(byte)'-' or (byte)'+', ..] ? token[1..] : token;
        if (rest is not [(byte)'0', (byte)'x' or (byte)'X', _, ..] || rest.Length > 100)
            return default;

        rest = rest[2..];
        var p = rest.IndexOfAny((byte)'p', (byte)'P');
        var exponent = 0;
        if (p >= 0 && !int.TryParse(rest[(p + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return default;

        double value = 0;
        int digits = 0, scale = 0;
        var fraction = false;
        foreach (var c in p < 0 ? rest : rest[..p])
        {
            if (c == '.' && !fraction)
                fraction = true;
            else if (char.IsAsciiHexDigit((char)c))
                (value, digits, scale) = (value * 16 + Convert.ToInt32(((char)c).ToString(), 16), digits + 1, scale - (fraction ? 4 : 0));
            else
                return default;
        }

        value = sign * Math.ScaleB(value, scale + Math.Clamp(exponent, -5000, 5000));
        return digits > 0 && double.IsFinite(value) ? new(NumberKind.Finite, Encoding.ASCII.GetBytes(value.ToString("R", CultureInfo.InvariantCulture))) : default;
    }
}
