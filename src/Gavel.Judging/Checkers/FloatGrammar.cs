namespace Gavel.Judging.Checkers;

/// <summary>
/// Numbers as the 2025-09 text defines them: <c>[+-]?(\d*\.\d+|\d+\.|\d+)([eE][+-]?\d+)?</c>. No hexadecimal, no infinity, no NaN, no <c>1e</c>;
/// the classic C++ validators take some of these because they use scanf.
/// </summary>
internal static class FloatGrammar
{
    internal static bool IsNumber(ReadOnlySpan<byte> token)
    {
        var rest = SkipSign(token);
        var whole = Digits(rest);
        rest = rest[whole..];
        var fraction = 0;
        if (rest is [(byte)'.', ..])
        {
            rest = rest[1..];
            fraction = Digits(rest);
            rest = rest[fraction..];
        }

        if (whole + fraction == 0)
            return false;
        if (rest.IsEmpty)
            return true;
        if (rest[0] is not ((byte)'e' or (byte)'E'))
            return false;

        rest = SkipSign(rest[1..]);
        return !rest.IsEmpty && Digits(rest) == rest.Length;
    }

    private static ReadOnlySpan<byte> SkipSign(ReadOnlySpan<byte> token) => token is [(byte)'+' or (byte)'-', ..] ? token[1..] : token;

    private static int Digits(ReadOnlySpan<byte> token)
    {
        var end = token.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? token.Length : end;
    }
}
