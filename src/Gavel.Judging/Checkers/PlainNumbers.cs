namespace Gavel.Judging.Checkers;

/// <summary>Finds quickly that tokens are plain decimal numbers, so that typed checkers need not read each one. What is not plain is looked at elsewhere.</summary>
internal static class PlainNumbers
{
    // Any number of so many digits fits into 64 bits.
    private const int MostDigits = 18;

    /// <summary>The length of the longest beginning that ends right behind a token and has only plain numbers in it.</summary>
    /// <param name="text">Tokens between testlib's blanks.</param>
    /// <param name="fractions">True when a point and digits, leading zeros and <c>-0</c> are plain too.</param>
    internal static int Prefix(ReadOnlySpan<byte> text, bool fractions)
    {
        var plain = 0;
        var at = 0;
        while (true)
        {
            while (at < text.Length && IsBlank(text[at]))
                at++;
            var token = at;
            if (at < text.Length && text[at] == '-')
                at++;
            var digits = at;
            at += Digits(text[at..]);
            if (at - digits is 0 or > MostDigits)
                return plain;
            if (fractions && at < text.Length && text[at] == '.')
                at += 1 + Digits(text[(at + 1)..]);
            else if (!fractions && text[digits] == '0' && (at - digits > 1 || digits > token))
                return plain;
            if (at == text.Length || !IsBlank(text[at]))
                return plain;

            plain = at;
        }
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (count < text.Length && (uint)(text[count] - '0') <= 9)
            count++;
        return count;
    }
}
