namespace Gavel.Packages.Statements;

/// <summary>Text inside HTML.</summary>
internal static class HtmlText
{
    /// <summary>The text with the four characters escaped that mean something in content or in a quoted attribute.</summary>
    public static string Encode(string text) => text.AsSpan().IndexOfAny("&<>\"") < 0
        ? text
        : text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
