using System.Globalization;
using Gavel.Core.Problems;

namespace Gavel.Packages.Export;

/// <summary>Writes the limits that differ from the formats' defaults; legacy and 2025-09 call them alike, apart from the time limit.</summary>
internal static class LimitsYaml
{
    /// <summary>The lines below <c>limits:</c> for everything but time limit, memory and output, each indented by two spaces.</summary>
    internal static IEnumerable<string> Rest(ProblemLimits limits, bool multiPass)
    {
        var defaults = new ProblemLimits();
        if (limits.Code != defaults.Code)
            yield return Line("code", limits.Code.Count / 1024.0);
        if (limits.CompilationTime != defaults.CompilationTime)
            yield return Line("compilation_time", limits.CompilationTime.TotalSeconds);
        if (limits.CompilationMemory != defaults.CompilationMemory)
            yield return Line("compilation_memory", limits.CompilationMemory.Mebibytes);
        if (limits.ValidationTime != defaults.ValidationTime)
            yield return Line("validation_time", limits.ValidationTime.TotalSeconds);
        if (limits.ValidationMemory != defaults.ValidationMemory)
            yield return Line("validation_memory", limits.ValidationMemory.Mebibytes);
        if (limits.ValidationOutput != defaults.ValidationOutput)
            yield return Line("validation_output", limits.ValidationOutput.Mebibytes);
        if (multiPass)
            yield return Line("validation_passes", limits.ValidationPasses);
    }

    /// <summary>The lines for the factors around a time limit, in the words of one format or the other.</summary>
    internal static IEnumerable<string> Factors(ProblemLimits limits, bool modern)
    {
        if (!modern)
        {
            // 5 and 2 are what a legacy package gets that says nothing.
            if (limits.AcceptedToTimeLimit != 5)
                yield return Line("time_multiplier", limits.AcceptedToTimeLimit, whole: false);
            if (limits.TimeLimitToExceeded != 2)
                yield return Line("time_safety_margin", limits.TimeLimitToExceeded, whole: false);
            yield break;
        }

        var defaults = new ProblemLimits();
        if ((limits.AcceptedToTimeLimit, limits.TimeLimitToExceeded) != (defaults.AcceptedToTimeLimit, defaults.TimeLimitToExceeded))
            yield return string.Create(CultureInfo.InvariantCulture, $"  time_multipliers: {{ac_to_time_limit: {Math.Max(1, limits.AcceptedToTimeLimit):R}, time_limit_to_tle: {Math.Max(1, limits.TimeLimitToExceeded):R}}}\n");
        if (limits.TimeResolution != defaults.TimeResolution)
            yield return Line("time_resolution", limits.TimeResolution.TotalSeconds, whole: false);
    }

    // Whole numbers, as 2025-09 wants them; never less than the package gave.
    private static string Line(string key, double value, bool whole = true) => string.Create(CultureInfo.InvariantCulture, $"  {key}: {(whole ? Math.Max(1, Math.Ceiling(value)) : value):0.######}\n");
}
