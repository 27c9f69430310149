using System.Globalization;
using Gavel.Core.Judgings;
using Spectre.Console;

namespace Gavel.Cli.Output;

/// <summary>How figures and verdicts are written.</summary>
internal static class Shown
{
    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.000} s");

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    public static Markup Verdict(Verdict verdict) => new(verdict.ShortName(), new Style(Colour(verdict)));

    /// <summary>
    /// A stranger's text without what would steer the reader's terminal: control characters but newlines and tabs, and marks that turn the direction of
    /// writing. Programs and packages write messages as they like.
    /// </summary>
    public static string Plain(string text) => string.Concat(text.Select(c =>
        (char.IsControl(c) && c is not ('\n' or '\t')) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') ? '\ufffd' : c));

    public static Markup Escaped(string text, Color? colour = null) => new(Plain(text).EscapeMarkup(), colour is { } c ? new Style(c) : null);

    public static Color Colour(Verdict verdict) => verdict switch
    {
        Core.Judgings.Verdict.Accepted => Color.Green,
        Core.Judgings.Verdict.Skipped => Color.Grey,
        Core.Judgings.Verdict.JudgeError or Core.Judgings.Verdict.SecurityViolation => Color.Magenta1,
        _ => Color.Red,
    };
}
