using System.Text;

namespace Gavel.Judging.Verification;

/// <summary>Inputs that hardly any problem allows. A set of input validators that accepts one of them has forgotten to look.</summary>
internal static class JunkInputs
{
    private const int LargestModel = 1 << 20;

    /// <summary>Junk by itself, and valid input with a flaw added to it.</summary>
    /// <param name="valid">A valid input to spoil.</param>
    public static IEnumerable<(string Name, byte[] Input)> Of(byte[] valid)
    {
        if (valid.Length > 0)
            yield return ("an empty input", []);
        yield return ("binary data", [.. Enumerable.Range(0, 512).Select(i => (byte)(i * 7))]);
        yield return ("a random text", Encoding.ASCII.GetBytes("Lorem ipsum dolor sit amet\n"));
        if (valid.Length is 0 or > LargestModel || valid[^1] != '\n')
            yield break;

        yield return ("a valid input with a word added at its end", [.. valid, .. "Lorem\n"u8]);
        yield return ("a valid input with a word added at its beginning", [.. "Lorem "u8, .. valid]);
        yield return ("a valid input with an empty line added at its end", [.. valid, (byte)'\n']);
        yield return ("a valid input without its last newline", valid[..^1]);
        yield return ("a valid input with a blank before its first newline", Insert(valid, Array.IndexOf(valid, (byte)'\n'), " "u8));
        yield return ("a valid input with a blank at its beginning", [(byte)' ', .. valid]);
        yield return ("a valid input with line ends of another system", Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(valid).Replace("\n", "\r\n", StringComparison.Ordinal)));
    }

    private static byte[] Insert(byte[] bytes, int at, ReadOnlySpan<byte> added) => [.. bytes.AsSpan(0, at), .. added, .. bytes.AsSpan(at)];
}
