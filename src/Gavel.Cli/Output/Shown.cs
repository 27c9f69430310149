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

    public static Markup Escaped(string text, Color? colour = null) => new(text.EscapeMarkup(), colour is { } c ? new Style(c) : null);

    public static Color Colour(Verdict verdict) => verdict switch
    {
        Core.Judgings.Verdict.Accepted => Color.Green,
        Core.Judgings.Verdict.Skipped => Color.Grey,
        Core.Judgings.Verdict.JudgeError or Core.Judgings.Verdict.SecurityViolation => Color.Magenta1,
        _ => Color.Red,
    };
}
