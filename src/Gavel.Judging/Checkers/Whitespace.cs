using System.Buffers;
using Gavel.Core.Checking;

namespace Gavel.Judging.Checkers;

/// <summary>White space as C's <c>isspace</c> has it in the C locale: space, tab, line feed, vertical tab, form feed, carriage return; and what else separates tokens.</summary>
internal static class Whitespace
{
    internal static readonly SearchValues<byte> Bytes = SearchValues.Create(" \t\n\v\f\r"u8);
    private static readonly SearchValues<byte> s_testlib = SearchValues.Create(" \t\n\r"u8);
    private static readonly SearchValues<byte> s_withNul = SearchValues.Create(" \t\n\v\f\r\0"u8);

    internal static bool Is(byte value) => value is (byte)' ' or >= 9 and <= 13;

    internal static SearchValues<byte> Of(Separators separators) => separators switch
    {
        Separators.Blanks => Bytes,
        Separators.TestlibBlanks => s_testlib,
        Separators.BlanksAndNul => s_withNul,
    };
}
