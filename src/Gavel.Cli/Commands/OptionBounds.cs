using System.CommandLine;
using System.Globalization;

namespace Gavel.Cli.Commands;

/// <summary>Bounds of numbers on the command line. The text is judged, so that what is no number at all gets the same explanation.</summary>
internal static class OptionBounds
{
    public static void RequirePositive(this Option<double> option) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && !(double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1e7))
            result.AddError($"{option.Name} must be a positive number, not '{token.Value}'.");
    });

    public static void RequireRange(this Option<int> option, int low, int high) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && !(int.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high))
            result.AddError($"{option.Name} must be from {low} to {high}, not '{token.Value}'.");
    });
}
