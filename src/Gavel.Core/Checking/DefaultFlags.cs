using static Gavel.Core.Checking.CheckerRule;

namespace Gavel.Core.Checking;

/// <summary>The flags of the ICPC default output validator.</summary>
public static class DefaultFlags
{
    /// <summary>Without flags: letters compare whatever their case, white space only separates.</summary>
    public static readonly Tokens None = new() { CaseSensitive = false };

    /// <summary>Reads flags as packages give them, for example <c>case_sensitive float_tolerance 1e-6</c>.</summary>
    /// <exception cref="FormatException">A flag is unknown, or a tolerance is missing or no number; the message says which.</exception>
    public static Tokens Parse(IReadOnlyList<string> flags) => Read(new(flags));

    /// <summary>Takes all arguments; where a flag is given again, the last one counts.</summary>
    internal static Tokens Read(CheckerArguments arguments)
    {
        var rule = None;
        string? absolute = null, relative = null;
        while (arguments.Next() is { } flag)
        {
            switch (flag)
            {
                case "case_sensitive":
                    rule = rule with { CaseSensitive = true };
                    break;
                case "space_change_sensitive":
                    rule = rule with { Gaps = GapRule.Exact };
                    break;
                case "float_absolute_tolerance":
                    absolute = arguments.Tolerance(flag);
                    break;
                case "float_relative_tolerance":
                    relative = arguments.Tolerance(flag);
                    break;
                case "float_tolerance":
                    absolute = relative = arguments.Tolerance(flag);
                    break;
                default:
                    throw new FormatException($"The default output validator has no flag '{flag}'.");
            }
        }

        return absolute is null && relative is null ? rule : rule with { Numbers = new(absolute, relative) };
    }
}
