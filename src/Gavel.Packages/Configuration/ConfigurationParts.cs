using System.Globalization;
using Gavel.Core;
using Gavel.Core.Problems;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Configuration;

/// <summary>Parts of <c>problem.yaml</c> that more than one format shares.</summary>
internal static class ConfigurationParts
{
    private static readonly string[] s_licenses = ["unknown", "public domain", "cc0", "cc by", "cc by-sa", "educational", "permission"];

    private const int MostPasses = 10_000;

    /// <summary>The most passes of a multi-pass problem; more than a judge could ever run are refused, each lasts up to the time limit.</summary>
    public static int? ReadValidationPasses(YamlSection limits)
    {
        var passes = limits.Integer("validation_passes", 2);
        if (passes is not > MostPasses)
            return passes;

        limits.Error(limits.LineOf("validation_passes"), $"validation_passes is more than {MostPasses}, which no judge could run.");
        return null;
    }

    /// <summary>The limits that both formats have. <paramref name="whole"/> where the format wants whole numbers.</summary>
    public static ProblemLimits ReadSharedLimits(YamlSection limits, ProblemLimits defaults, bool whole)
    {
        double? Amount(string key) => whole ? limits.Integer(key, 1) : limits.Number(key);
        Bytes Mebibytes(string key, Bytes fallback) => Amount(key) is { } n ? Size(key, n, 1 << 20) : fallback;
        TimeSpan Seconds(string key, TimeSpan fallback) => Amount(key) is { } n ? Time(limits, key, n) : fallback;
        Bytes Size(string key, double n, double unit)
        {
            if (n * unit < 1L << 50)
                return new((long)(n * unit));

            limits.Error(limits.LineOf(key), $"'{key}' is larger than any machine.");
            return Bytes.Zero;
        }

        return defaults with
        {
            Memory = Mebibytes("memory", defaults.Memory),
            Output = Mebibytes("output", defaults.Output),
            Code = Amount("code") is { } code ? Size("code", code, 1024) : defaults.Code,
            CompilationTime = Seconds("compilation_time", defaults.CompilationTime),
            CompilationMemory = Mebibytes("compilation_memory", defaults.CompilationMemory),
            ValidationTime = Seconds("validation_time", defaults.ValidationTime),
            ValidationMemory = Mebibytes("validation_memory", defaults.ValidationMemory),
            ValidationOutput = Mebibytes("validation_output", defaults.ValidationOutput),
        };
    }

    /// <summary>Seconds as a time span; more than a day is an issue.</summary>
    public static TimeSpan Time(YamlSection section, string key, double seconds)
    {
        if (seconds <= 86_400)
            return TimeSpan.FromSeconds(seconds);

        section.Error(section.LineOf(key), $"'{key}' is longer than a day.");
        return TimeSpan.FromDays(1);
    }

    public static string ReadLicense(YamlSection yaml)
    {
        var license = yaml.Text("license") ?? "unknown";
        if (!s_licenses.Contains(license))
            yaml.Error(yaml.LineOf("license"), $"Unknown license '{license}'; the format knows {string.Join(", ", s_licenses)}.");

        return license;
    }

    /// <summary>Checks the rules on rights owners.</summary>
    /// <returns>The owner: given, or else the authors, or else the source.</returns>
    public static string? ReadRightsOwner(YamlSection yaml, string license, IReadOnlyList<string> authors, IReadOnlyList<ProblemSource> sources)
    {
        var owner = yaml.Text("rights_owner");
        if (license == "public domain")
        {
            if (owner is not null)
                yaml.Error(yaml.LineOf("rights_owner"), "A problem in the public domain has no rights_owner.");
            return null;
        }

        owner ??= authors.Count > 0 ? string.Join(", ", authors) : sources.Count > 0 ? sources[0].Name : null;
        if (owner is null && license != "unknown")
            yaml.Warn(yaml.LineOf("license"), $"The license '{license}' needs a rights_owner, an author or a source.");

        return owner;
    }

    /// <summary>A comma or "and" separated list of people.</summary>
    public static IReadOnlyList<string> SplitPeople(string? text) => text is null
        ? []
        : [.. text.Replace(" and ", ",", StringComparison.Ordinal).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>Arguments on one line, as legacy writes flags.</summary>
    public static IReadOnlyList<string> ReadArgumentLine(YamlSection yaml, string key)
    {
        // An empty list is what some tools write for "no flags".
        if (yaml.Node(key) is YamlSequence sequence)
        {
            yaml.Warn(sequence.Line, $"'{key}' should be one text, not a list.");
            return yaml.TextsOf(sequence, key) ?? [];
        }

        if (yaml.Text(key) is not { } line)
            return [];

        if (ArgumentLine.Split(line) is { } arguments)
            return arguments;

        yaml.Error(yaml.LineOf(key), $"'{key}' has a quote that is not closed.");
        return [];
    }

    /// <summary>Invariant text of a number, as a package would write it.</summary>
    public static string Invariant(double number) => number.ToString(CultureInfo.InvariantCulture);
}
