using System.Buffers;

namespace Gavel.Judging.Checkers;

/// <summary>White space as C's <c>isspace</c> has it in the C locale: space, tab, line feed, vertical tab, form feed, carriage return.</summary>
internal static class Whitespace
{
    internal static readonly SearchValues<byte> Bytes = SearchValues.Create(" \t\n\v\f\r"u8);

    internal static bool Is(byte value) => value is (byte)' ' or >= 9 and <= 13;
}
