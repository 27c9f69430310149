using System.Globalization;

namespace Gavel.Judging.Checkers;

/// <summary>The flags of the ICPC default output validator.</summary>
public sealed record DefaultCheckerFlags
{
    /// <summary>No flags: letters compare whatever their case, white space only separates.</summary>
    public static readonly DefaultCheckerFlags None = new();

    /// <summary>True when the case of letters matters.</summary>
    public bool CaseSensitive { get; init; }

    /// <summary>True when every byte of white space matters.</summary>
    public bool SpaceChangeSensitive { get; init; }

    /// <summary>How far numbers may be off; null compares them as text.</summary>
    internal FloatTolerance? Tolerance { get; init; }

    /// <summary>Reads flags as packages give them, for example <c>case_sensitive float_tolerance 1e-6</c>.</summary>
    /// <exception cref="FormatException">A flag is unknown, or a tolerance is missing or no number; the message says which.</exception>
    public static DefaultCheckerFlags Parse(IReadOnlyList<string> flags)
    {
        var result = None;
        string? absolute = null, relative = null;
        for (var i = 0; i < flags.Count; i++)
        {
            switch (flags[i])
            {
                case "case_sensitive":
                    result = result with { CaseSensitive = true };
                    break;
                case "space_change_sensitive":
                    result = result with { SpaceChangeSensitive = true };
                    break;
                case "float_absolute_tolerance":
                    absolute = Tolerance(flags, ++i);
                    break;
                case "float_relative_tolerance":
                    relative = Tolerance(flags, ++i);
                    break;
                case "float_tolerance":
                    absolute = relative = Tolerance(flags, ++i);
                    break;
                default:
                    throw new FormatException($"The default output validator has no flag '{flags[i]}'.");
            }
        }

        return absolute is null && relative is null ? result : result with { Tolerance = new(absolute, relative) };

        static string Tolerance(IReadOnlyList<string> flags, int index) =>
            index < flags.Count && double.TryParse(flags[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0 && double.IsFinite(value)
                ? flags[index]
                : throw new FormatException($"'{flags[index - 1]}' needs a number that is not negative.");
    }
}
