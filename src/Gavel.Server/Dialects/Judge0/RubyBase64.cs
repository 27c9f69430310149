using System.Text;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>Base64 as Ruby's encode64 and decode64 do it, because that is what Judge0's clients see.</summary>
internal static class RubyBase64
{
    private const int LineLength = 60;

    /// <summary>A line break after every 60 characters, and one at the end; nothing for nothing.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var plain = Convert.ToBase64String(bytes);
        var text = new StringBuilder(plain.Length + (plain.Length / LineLength) + 1);
        for (var i = 0; i < plain.Length; i += LineLength)
            text.Append(plain.AsSpan(i, Math.Min(LineLength, plain.Length - i))).Append('\n');
        return text.ToString();
    }

    /// <summary>Skips characters that are not of the alphabet, stops at the padding, and takes what is complete.</summary>
    public static byte[] Decode(string text)
    {
        var output = new List<byte>(text.Length * 3 / 4);
        int bits = 0, count = 0;
        foreach (var c in text)
        {
            if (c == '=')
                break;

            var value = c switch
            {
                >= 'A' and <= 'Z' => c - 'A',
                >= 'a' and <= 'z' => c - 'a' + 26,
                >= '0' and <= '9' => c - '0' + 52,
                '+' or '-' => 62,
                '/' or '_' => 63,
                _ => -1,
            };
            if (value < 0)
                continue;

            bits = (bits << 6) | value;
            if ((count += 6) < 8)
                continue;

            count -= 8;
            output.Add((byte)(bits >> count));
        }

        return [.. output];
    }
}
