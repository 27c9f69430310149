using Gavel.Core.Problems;
using Gavel.Packages.TestData;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Configuration;

/// <summary>Reads <c>problem.yaml</c> of the legacy formats.</summary>
internal static class LegacyProblemYaml
{
    private const string Where = "problem.yaml of the legacy format";

    public static PackageConfiguration Read(YamlSection yaml, PackageFormat format, string formatName)
    {
        var (type, custom, scores) = ReadType(yaml, format);
        var authors = ConfigurationParts.SplitPeople(yaml.Text("author"));
        var source = yaml.Text("source");
        var sourceUrl = yaml.Text("source_url");
        if (sourceUrl is not null && source is null)
            yaml.Warn(yaml.LineOf("source_url"), "source_url is given without source.");

        IReadOnlyList<ProblemSource> sources = source is null ? [] : [new(source, sourceUrl)];
        var license = ConfigurationParts.ReadLicense(yaml);
        var (lowerIsBetter, showGroups, root) = ReadGrading(yaml, format, type);
        var configuration = new PackageConfiguration(format, formatName)
        {
            Type = type,
            Names = ReadName(yaml),
            Limits = ReadLimits(yaml, type),
            CustomValidation = custom,
            ValidatorScores = scores,
            ValidatorFlags = ReadValidatorFlags(yaml),
            LowerScoreIsBetter = lowerIsBetter,
            ShowTestGroups = showGroups,
            RootGrading = root,
            Languages = ReadLanguages(yaml),
            Metadata = new()
            {
                Uuid = yaml.Text("uuid"),
                Credits = authors.Count == 0 ? new Dictionary<string, IReadOnlyList<string>>() : new() { ["authors"] = authors },
                Sources = sources,
                License = license,
                RightsOwner = ConfigurationParts.ReadRightsOwner(yaml, license, authors, sources),
                Keywords = ReadKeywords(yaml),
            },
        };
        yaml.RefuseRest(Where);
        return configuration;
    }

    private static IReadOnlyList<string> ReadValidatorFlags(YamlSection yaml)
    {
        // What DOMjudge's own examples have beside, or instead of, the format's key.
        var other = ConfigurationParts.ReadArgumentLine(yaml, "validator_args");
        if (yaml.Has("validator_args"))
            yaml.Warn(yaml.LineOf("validator_args"), "The format's key is validator_flags.");
        return yaml.Has("validator_flags") ? ConfigurationParts.ReadArgumentLine(yaml, "validator_flags") : other;
    }

    private static Dictionary<string, string> ReadName(YamlSection yaml) => yaml.Node("name") switch
    {
        YamlMap => yaml.Section("name")!.Entries.Where(e => e.Value is YamlScalar).ToDictionary(e => e.Key, e => ((YamlScalar)e.Value).Value),
        null => [],
        _ => yaml.Text("name") is { } name ? new() { [""] = name } : [],
    };

    // Legacy has one text; lists come from packages that were converted halfway.
    private static IReadOnlyList<string> ReadKeywords(YamlSection yaml) => yaml.Node("keywords") is YamlSequence
        ? yaml.Texts("keywords") ?? []
        : yaml.Text("keywords")?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string[]? ReadLanguages(YamlSection yaml)
    {
        if (!yaml.Has("languages"))
            return null;

        yaml.Warn(yaml.LineOf("languages"), "'languages' is not a key of the legacy format; it is honoured all the same.");
        return yaml.Text("languages") is { } all && all != "all" ? all.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : null;
    }

    private static (ProblemType Type, bool Custom, bool Scores) ReadType(YamlSection yaml, PackageFormat format)
    {
        var type = ProblemType.PassFail;
        foreach (var word in (yaml.Text("type") ?? "pass-fail").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word)
            {
                case "pass-fail":
                    break;
                case "scoring" when format == PackageFormat.Legacy:
                    type = type & ~ProblemType.PassFail | ProblemType.Scoring;
                    break;
                case "interactive":
                    type |= ProblemType.Interactive;
                    yaml.Warn(yaml.LineOf("type"), "Legacy says 'validation: custom interactive', not 'type: interactive'; it is honoured all the same.");
                    break;
                case "multi-pass":
                    type |= ProblemType.MultiPass;
                    yaml.Warn(yaml.LineOf("type"), "'multi-pass' is not a type of the legacy format; it is honoured all the same.");
                    break;
                default:
                    yaml.Error(yaml.LineOf("type"), $"Unknown type '{word}'; {(format == PackageFormat.Legacy ? "legacy knows pass-fail and scoring" : "legacy-icpc knows pass-fail only")}.");
                    break;
            }
        }

        var words = (yaml.Text("validation") ?? "default").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var custom = words.Contains("custom");
        var scores = words.Contains("score");
        var line = yaml.LineOf("validation");
        foreach (var word in words.Where(w => w is not ("default" or "custom" or "score" or "interactive" or "multi-pass")))
            yaml.Error(line, $"Unknown word '{word}' in validation; it is 'default', or 'custom' with any of score, interactive and multi-pass.");
        if (custom == words.Contains("default"))
            yaml.Error(line, "validation must say either 'default' or 'custom'.");
        if (!custom && words.Length > 1)
            yaml.Error(line, "Only 'validation: custom' can be scoring, interactive or multi-pass.");
        if (scores && !type.HasFlag(ProblemType.Scoring))
            yaml.Error(line, "'score' in validation needs 'type: scoring'.");
        if (words.Contains("interactive"))
            type |= ProblemType.Interactive;
        if (words.Contains("multi-pass"))
            type |= ProblemType.MultiPass;

        return (type, custom || (type & (ProblemType.Interactive | ProblemType.MultiPass)) != 0, scores);
    }

    private static ProblemLimits ReadLimits(YamlSection yaml, ProblemType type)
    {
        var defaults = new ProblemLimits { AcceptedToTimeLimit = 5, TimeLimitToExceeded = 2 };
        if (yaml.Section("limits") is not { } limits)
            return defaults;

        var read = ConfigurationParts.ReadSharedLimits(limits, defaults, whole: false) with
        {
            AcceptedToTimeLimit = limits.Number("time_multiplier") ?? defaults.AcceptedToTimeLimit,
            TimeLimitToExceeded = limits.Number("time_safety_margin") ?? defaults.TimeLimitToExceeded,
            // DOMjudge reads these two in packages of any version.
            TimeLimit = limits.Number("time_limit") is { } seconds ? ConfigurationParts.Time(limits, "time_limit", seconds) : null,
            ValidationPasses = ConfigurationParts.ReadValidationPasses(limits) ?? defaults.ValidationPasses,
        };
        if (limits.Has("validation_passes") && !type.HasFlag(ProblemType.MultiPass))
            limits.Warn(limits.LineOf("validation_passes"), "validation_passes has no effect: the problem is not multi-pass.");

        limits.RefuseRest("limits");
        return read;
    }

    private static (bool LowerIsBetter, bool ShowGroups, GroupGrading.Legacy Root) ReadGrading(YamlSection yaml, PackageFormat format, ProblemType type)
    {
        var line = yaml.LineOf("grading");
        if (yaml.Section("grading") is not { } grading)
            return (false, false, new());

        if (format == PackageFormat.LegacyIcpc)
            yaml.Error(line, "legacy-icpc has no grading.");
        else if (!type.HasFlag(ProblemType.Scoring))
            yaml.Warn(line, "grading has no effect: the problem is not of type scoring.");

        var objective = grading.Text("objective") ?? "max";
        if (objective is not ("min" or "max"))
            grading.Error(grading.LineOf("objective"), $"objective must be min or max, not '{objective}'.");

        var root = LegacyGroupSettings.ReadGrading(grading, new());
        var show = grading.Flag("show_test_data_groups") ?? false;
        grading.RefuseRest("grading");
        return (objective == "min", show, root);
    }
}
