using System.Globalization;
using System.Text;

namespace Gavel.Judging.Checkers;

/// <summary>Comparing and quoting tokens as bytes: outputs need not be text.</summary>
internal static class TokenText
{
    private const int ShownBytes = 40;

    /// <summary>Equal but for the case of ASCII letters. Other bytes must be identical.</summary>
    internal static bool EqualsIgnoreCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
            return false;

        for (var i = left.CommonPrefixLength(right); i < left.Length; i++)
            if (left[i] != right[i] && (!char.IsAsciiLetter((char)left[i]) || (left[i] ^ right[i]) != 0x20))
                return false;

        return true;
    }

    /// <summary>The token in quotation marks for a message, cut when it is long; what is no printable ASCII appears as <c>\xNN</c>.</summary>
    internal static string Quote(ReadOnlySpan<byte> token)
    {
        var text = new StringBuilder("'");
        foreach (var value in token[..Math.Min(token.Length, ShownBytes)])
            _ = value is >= 0x20 and < 0x7f ? text.Append((char)value) : text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");

        return token.Length > ShownBytes ? text.Append("...'").ToString() : text.Append('\'').ToString();
    }
}
