using System.Globalization;

namespace Gavel.Packages.Statements;

internal sealed partial class LatexStatement
{
    private void Illustration(LatexReader reader)
    {
        var width = double.TryParse(reader.TakeArgument(), NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction) && fraction is > 0 and <= 1 ? fraction : 0.5;
        var file = reader.TakeArgument().Trim();
        var caption = Argument(reader);
        _writer.Block(string.Create(CultureInfo.InvariantCulture, $"<figure class=\"illustration\" style=\"width: {width * 100:0.#}%\">{Image(reader, file, caption, "")}<figcaption>{caption}</figcaption></figure>"));
    }

    private void Graphics(LatexReader reader)
    {
        var options = (reader.TakeOptional() ?? "").Split(',', StringSplitOptions.TrimEntries);
        var file = reader.TakeArgument().Trim();
        _writer.Inline(Image(reader, file, "", Width(options)));
    }

    private string Image(LatexReader reader, string file, string caption, string style)
    {
        var name = _context.Assets.Complete(file);
        if (name.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".eps", StringComparison.OrdinalIgnoreCase))
        {
            Warn(reader, $"Browsers do not show {name} inside a page; add it as .svg or .png too.");
            return $"<em>{HtmlText.Encode(name)}</em>";
        }

        var alt = caption.Contains('<', StringComparison.Ordinal) ? file : caption;
        return $"<img src=\"{HtmlText.Encode(Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal))}\" alt=\"{alt}\"{style}>";
    }

    /// <summary>The width that an image's options ask for, as a style: a fraction of the text, or centimetres.</summary>
    private static string Width(string[] options)
    {
        foreach (var option in options.Where(o => o.StartsWith("width", StringComparison.Ordinal)))
        {
            var value = option[(option.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
            var digits = value.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
            var number = digits == 0 ? 1 : double.TryParse(value[..digits], NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : 1;
            var unit = value[digits..].Trim();
            if (unit.StartsWith('\\'))
                return string.Create(CultureInfo.InvariantCulture, $" style=\"width: {System.Math.Clamp(number * 100, 1, 100):0.#}%\"");
            (number, unit) = unit switch { "mm" => (number / 10, "cm"), "in" => (number * 2.54, "cm"), "pt" => (number * 4 / 3, "px"), _ => (number, unit) };
            if (unit is "cm" or "em" or "px")
                return string.Create(CultureInfo.InvariantCulture, $" style=\"width: {System.Math.Clamp(number, 0.1, 999):0.##}{unit}\"");
        }

        return "";
    }
}
