using System.Globalization;
using Gavel.Core.Problems;
using Gavel.Packages.Configuration;
using Gavel.Packages.Reading;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.TestData;

/// <summary>What a legacy test group works with: its <c>testdata.yaml</c> over its parent's, key by key.</summary>
internal sealed record LegacyGroupSettings(GroupGrading.Legacy Grading)
{
    private static readonly string[] s_scoreKeys = ["accept_score", "reject_score", "range"];

    public ValidatorArguments InputValidatorFlags { get; init; } = ValidatorArguments.None;

    public IReadOnlyList<string> OutputValidatorFlags { get; init; } = [];

    /// <summary>These settings with the file's keys over them; without a file, these settings.</summary>
    public LegacyGroupSettings With(PackageFile? file, bool scoring, PackageIssues issues)
    {
        if (file is null)
            return this;

        var yaml = YamlSection.Read(file, issues);
        // Some tools nest the scoring keys; others write them flat.
        if (yaml.Section("grading_options") is not null)
            yaml.Warn(yaml.LineOf("grading_options"), "'grading_options' is not a key of testdata.yaml and is ignored.");

        // An early draft's keys would change every score if they were ignored.
        if (yaml.Section("scoring") is not null)
            yaml.Error(yaml.LineOf("scoring"), "A 'scoring' map is an early draft's; say max_score and score_aggregation in test_group.yaml, or accept_score, range and grader_flags here.");

        foreach (var key in s_scoreKeys.Where(k => !scoring && yaml.Has(k)))
            yaml.Warn(yaml.LineOf(key), $"{key} has no effect: the problem is not of type scoring.");

        var settings = this with
        {
            Grading = ReadGrading(yaml, Grading),
            InputValidatorFlags = yaml.Has("input_validator_flags") ? ReadInputValidatorFlags(yaml) : InputValidatorFlags,
            OutputValidatorFlags = yaml.Has("output_validator_flags") ? ReadOutputValidatorFlags(yaml) : OutputValidatorFlags,
        };
        yaml.RefuseRest("testdata.yaml", warn: true);
        return settings;
    }

    /// <summary>The grading keys of a section, over those of the parent.</summary>
    public static GroupGrading.Legacy ReadGrading(YamlSection yaml, GroupGrading.Legacy parent)
    {
        var onReject = yaml.Text("on_reject");
        // Ancient packages say worst_error, first_error or grade here, and mean to go on.
        if (onReject is not (null or "break" or "continue" or "first_error" or "worst_error" or "grade"))
            yaml.Error(yaml.LineOf("on_reject"), $"on_reject must be break or continue, not '{onReject}'.");

        var grading = yaml.Text("grading");
        if (grading is not (null or "default" or "custom"))
            yaml.Error(yaml.LineOf("grading"), $"grading must be default or custom, not '{grading}'.");

        return parent with
        {
            BreakOnReject = onReject is null ? parent.BreakOnReject : onReject is "break" or "first_error",
            CustomGrader = grading is null ? parent.CustomGrader : grading == "custom",
            GraderFlags = yaml.Has("grader_flags") ? ConfigurationParts.ReadArgumentLine(yaml, "grader_flags") : parent.GraderFlags,
            AcceptScore = yaml.Number("accept_score", double.MinValue, inclusive: true) ?? parent.AcceptScore,
            RejectScore = yaml.Number("reject_score", double.MinValue, inclusive: true) ?? parent.RejectScore,
            Range = ReadRange(yaml) ?? parent.Range,
        };
    }

    private static ScoreRange? ReadRange(YamlSection yaml)
    {
        if (yaml.Text("range") is not { } text)
            return null;

        var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 2 && Bound(parts[0]) is { } low && Bound(parts[1]) is { } high && low <= high)
            return new(low, high);

        yaml.Error(yaml.LineOf("range"), $"range must be two numbers, the lower one first (inf, -inf and +inf are allowed), not '{text}'.");
        return null;
    }

    private static double? Bound(string text) => text switch
    {
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
    };

    private static ValidatorArguments ReadInputValidatorFlags(YamlSection yaml)
    {
        if (yaml.Node("input_validator_flags") is not YamlMap)
            return new(ConfigurationParts.ReadArgumentLine(yaml, "input_validator_flags"));

        var map = yaml.Section("input_validator_flags")!;
        if (map.Entries.All(e => e.Key is "name" or "flags") && map.Text("name") is { } name)
            return new([], new Dictionary<string, IReadOnlyList<string>> { [name] = ConfigurationParts.ReadArgumentLine(map, "flags") });

        return new([], map.Entries.ToDictionary(e => e.Key, e => ConfigurationParts.ReadArgumentLine(map, e.Key)));
    }

    private static IReadOnlyList<string> ReadOutputValidatorFlags(YamlSection yaml)
    {
        if (yaml.Node("output_validator_flags") is not YamlMap node)
            return ConfigurationParts.ReadArgumentLine(yaml, "output_validator_flags");

        yaml.Error(node.Line, "output_validator_flags must be a text with the flags; choosing one of several validators for a group is not supported.");
        return [];
    }
}
