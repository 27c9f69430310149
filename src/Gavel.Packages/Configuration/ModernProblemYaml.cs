using Gavel.Core.Problems;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Configuration;

/// <summary>Reads <c>problem.yaml</c> of 2025-09 and of the drafts before it.</summary>
internal static class ModernProblemYaml
{
    private const string Where = "problem.yaml of the 2025-09 format";

    public static PackageConfiguration Read(YamlSection yaml, PackageFormat format, string formatName)
    {
        var type = ReadType(yaml);
        var credits = CreditsYaml.ReadCredits(yaml);
        var sources = CreditsYaml.ReadSources(yaml, format == PackageFormat.Draft);
        var license = ConfigurationParts.ReadLicense(yaml);
        var authors = credits.GetValueOrDefault("authors") ?? [];
        var uuid = yaml.Text("uuid");
        if (uuid is null && format == PackageFormat.Modern)
            yaml.Error(yaml.Line, "The key uuid is missing; any fresh UUID will do.");

        var configuration = new PackageConfiguration(format, formatName)
        {
            Type = type,
            Names = ReadNames(yaml, format),
            Limits = ReadLimits(yaml, type),
            ValidatorScores = type.HasFlag(ProblemType.Scoring),
            AllowFileWriting = yaml.Flag("allow_file_writing") ?? false,
            Languages = ReadLanguages(yaml),
            Constants = ReadConstants(yaml),
            ShowTestGroups = true,
            Metadata = new()
            {
                Uuid = uuid,
                Version = yaml.Text("version"),
                Credits = credits,
                Sources = sources,
                License = license,
                RightsOwner = ConfigurationParts.ReadRightsOwner(yaml, license, authors, sources),
                Keywords = yaml.Texts("keywords", single: format == PackageFormat.Draft) ?? [],
                EmbargoUntil = CreditsYaml.ReadEmbargo(yaml),
            },
        };
        yaml.RefuseRest(Where);
        return configuration;
    }

    private static ProblemType ReadType(YamlSection yaml)
    {
        var line = yaml.LineOf("type");
        var words = yaml.Texts("type", single: true) ?? ["pass-fail"];
        if (words is [var only] && only.Contains(' ', StringComparison.Ordinal))
        {
            yaml.Warn(line, "Several types must be a list; the text is split at its spaces.");
            words = only.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }

        ProblemType type = 0;
        foreach (var word in words)
        {
            ProblemType flag = word switch
            {
                "pass-fail" => ProblemType.PassFail,
                "scoring" => ProblemType.Scoring,
                "interactive" => ProblemType.Interactive,
                "multi-pass" => ProblemType.MultiPass,
                "submit-answer" => ProblemType.SubmitAnswer,
                _ => 0,
            };
            if (flag == 0)
                yaml.Error(line, $"Unknown type '{word}'; the format knows pass-fail, scoring, multi-pass, interactive and submit-answer.");
            if (flag != 0 && type.HasFlag(flag))
                yaml.Error(line, $"The type '{word}' is given twice.");
            type |= flag;
        }

        if (words.Count == 0)
            yaml.Error(line, "type must not be empty.");
        if (type.HasFlag(ProblemType.PassFail | ProblemType.Scoring))
            yaml.Error(line, "A problem cannot be both pass-fail and scoring.");
        if (type.HasFlag(ProblemType.SubmitAnswer) && (type & (ProblemType.Interactive | ProblemType.MultiPass)) != 0)
            yaml.Error(line, "A submit-answer problem cannot be interactive or multi-pass.");

        return type.HasFlag(ProblemType.Scoring) ? type : type | ProblemType.PassFail;
    }

    private static Dictionary<string, string> ReadNames(YamlSection yaml, PackageFormat format)
    {
        var names = new Dictionary<string, string>();
        switch (yaml.Node("name"))
        {
            case null when format == PackageFormat.Modern:
                yaml.Error(yaml.Line, "The key name is missing.");
                break;
            case YamlMap:
                var map = yaml.Section("name")!;
                foreach (var entry in map.Entries)
                {
                    if (map.Text(entry.Key) is { } name)
                        names[entry.Key] = name;
                }

                if (names.Count == 0)
                    yaml.Error(yaml.LineOf("name"), "name must give at least one language.");
                break;
            case not null when yaml.Text("name") is { } name:
                names["en"] = name;
                break;
        }

        return names;
    }

    private static IReadOnlyList<string>? ReadLanguages(YamlSection yaml)
    {
        if (yaml.Texts("languages", single: true) is not { } languages)
            return null;

        if (languages is [var single])
            return single == "all" ? null : languages;

        if (languages.Count == 0)
            yaml.Error(yaml.LineOf("languages"), "languages must be 'all' or a list that is not empty.");
        return languages;
    }

    private static ProblemLimits ReadLimits(YamlSection yaml, ProblemType type)
    {
        var defaults = new ProblemLimits();
        if (yaml.Section("limits") is not { } limits)
            return defaults;

        var multipliers = limits.Section("time_multipliers");
        var read = ConfigurationParts.ReadSharedLimits(limits, defaults, whole: true) with
        {
            TimeLimit = limits.Number("time_limit") is { } seconds ? ConfigurationParts.Time(limits, "time_limit", seconds) : null,
            TimeResolution = limits.Number("time_resolution") is { } resolution ? ConfigurationParts.Time(limits, "time_resolution", resolution) : defaults.TimeResolution,
            AcceptedToTimeLimit = multipliers?.Number("ac_to_time_limit", 1, inclusive: true) ?? defaults.AcceptedToTimeLimit,
            TimeLimitToExceeded = multipliers?.Number("time_limit_to_tle", 1, inclusive: true) ?? defaults.TimeLimitToExceeded,
            ValidationPasses = ConfigurationParts.ReadValidationPasses(limits) ?? defaults.ValidationPasses,
        };
        if (limits.Has("validation_passes") && !type.HasFlag(ProblemType.MultiPass))
            limits.Error(limits.LineOf("validation_passes"), "validation_passes is for multi-pass problems only.");
        if (read.TimeResolution < TimeSpan.FromMilliseconds(1))
            limits.Error(limits.LineOf("time_resolution"), "time_resolution is finer than a millisecond, which no judge can tell apart.");

        multipliers?.RefuseRest("time_multipliers");
        limits.RefuseRest("limits");
        return read;
    }

    private static PackageConstants ReadConstants(YamlSection yaml)
    {
        if (yaml.Section("constants") is not { } constants)
            return PackageConstants.None;

        var values = new Dictionary<string, string>();
        foreach (var entry in constants.Entries)
        {
            if (!IsName(entry.Key))
                constants.Error(entry.Line, $"'{entry.Key}' cannot name a constant: letters, digits and '_', not starting with a digit.");
            else if (entry.Value is not YamlMap)
                Add(entry.Key, constants.Text(entry.Key), entry.Line);
            else
            {
                var variants = constants.Section(entry.Key)!;
                foreach (var variant in variants.Entries)
                    Add(variant.Key == "value" ? entry.Key : $"{entry.Key}.{variant.Key}", variants.Text(variant.Key), variant.Line);
                if (!variants.Has("value"))
                    constants.Error(entry.Line, $"The constant '{entry.Key}' needs a 'value' beside its variants.");
            }
        }

        return new(values);

        void Add(string name, string? value, int line)
        {
            if (value is null)
                constants.Error(line, $"The constant '{name}' must be a number or a text.");
            else
                values[name] = value;
        }
    }

    private static bool IsName(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
