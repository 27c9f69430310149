using System.Globalization;

namespace Gavel.Core.Checking;

/// <summary>Reads a checker's arguments one by one and refuses what nobody asked for.</summary>
internal sealed class CheckerArguments(IEnumerable<string> arguments)
{
    private readonly List<string> _rest = [.. arguments];

    /// <summary>True when the word is among the arguments.</summary>
    internal bool Flag(string name) => _rest.RemoveAll(argument => argument == name) > 0;

    /// <summary>Takes the next argument; null when there is none.</summary>
    internal string? Next()
    {
        if (_rest is not [var next, ..])
            return null;

        _rest.RemoveAt(0);
        return next;
    }

    /// <summary>Takes the next argument, which must be a number that is not negative.</summary>
    internal string Tolerance(string of) =>
        Next() is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0 && double.IsFinite(value)
            ? text
            : throw new FormatException($"'{of}' needs a number that is not negative.");

    /// <summary>Takes the next argument when it is a whole number.</summary>
    /// <exception cref="FormatException">It is larger than <paramref name="most"/>.</exception>
    internal int? OptionalNumber(int most)
    {
        if (_rest is not [var text, ..] || !text.All(char.IsAsciiDigit) || text.Length == 0)
            return null;

        _rest.RemoveAt(0);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw new FormatException($"'{text}' is more than {most}.");
    }

    internal void RefuseRest(string checker)
    {
        if (_rest is [var first, ..])
            throw new FormatException($"The checker '{checker}' takes no argument '{first}'.");
    }
}
