using Gavel.Core.Problems;
using Gavel.Packages.Configuration;
using Gavel.Packages.Reading;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.TestData;

/// <summary>Where in <c>data/</c> a 2025-09 group lies, which decides its defaults.</summary>
internal enum GroupKind
{
    /// <summary><c>data/sample</c>.</summary>
    Sample,

    /// <summary><c>data/secret</c> with testcases.</summary>
    Secret,

    /// <summary><c>data/secret</c> with groups.</summary>
    SecretOfGroups,

    /// <summary>A folder of <c>data/secret</c>.</summary>
    Group,
}

/// <summary>A 2025-09 group's <c>test_group.yaml</c>.</summary>
internal sealed record ModernGroupSettings(GroupGrading Grading, ModernCaseSettings Cases)
{
    public const string FileName = "test_group.yaml";
    private static readonly string[] s_scoreKeys = ["max_score", "score_aggregation", "require_pass"];

    public IReadOnlyList<string> RequirePass { get; init; } = [];

    public StaticValidation? StaticValidation { get; init; }

    public static ModernGroupSettings Read(PackageFolder folder, GroupKind kind, PackageConfiguration configuration, bool hasStaticValidator, PackageIssues issues)
    {
        var file = folder.File(FileName);
        var yaml = file is null ? new YamlSection(new([], 1), $"{folder.Path}/{FileName}", issues) : YamlSection.Read(file, issues);
        var grading = ReadGrading(yaml, kind, configuration);
        var settings = new ModernGroupSettings(grading, ModernCaseSettings.None.With(yaml, configuration.Constants))
        {
            RequirePass = yaml.Texts("require_pass", single: true) ?? [],
            StaticValidation = ReadStaticValidation(yaml, grading, configuration, hasStaticValidator),
        };
        yaml.RefuseRest(FileName);
        return settings;
    }

    private static GroupGrading ReadGrading(YamlSection yaml, GroupKind kind, PackageConfiguration configuration)
    {
        if (!configuration.Scoring || kind == GroupKind.Sample)
        {
            var reason = kind == GroupKind.Sample ? "data/sample never scores" : "the problem is not of type scoring";
            foreach (var key in s_scoreKeys.Where(k => yaml.Node(k) is not null))
                yaml.Error(yaml.LineOf(key), $"{key} is not allowed here: {reason}.");
            return new GroupGrading.AllMustPass();
        }

        var secret = kind is GroupKind.Secret or GroupKind.SecretOfGroups;
        var name = yaml.Text("score_aggregation");
        var aggregation = name switch
        {
            "pass-fail" => ScoreAggregation.PassFail,
            "sum" => ScoreAggregation.Sum,
            "min" => ScoreAggregation.Minimum,
            _ => secret ? ScoreAggregation.Sum : ScoreAggregation.PassFail,
        };
        if (name is not (null or "pass-fail" or "sum" or "min"))
            yaml.Error(yaml.LineOf("score_aggregation"), $"score_aggregation must be pass-fail, sum or min, not '{name}'.");

        double? maximum = yaml.Node("max_score") switch
        {
            null => secret ? 100 : null,
            YamlScalar { Value: "unbounded" } => null,
            _ => yaml.Integer("max_score", 0) ?? 0,
        };
        if (maximum is null && aggregation == ScoreAggregation.PassFail)
            yaml.Error(yaml.LineOf("score_aggregation"), "A pass-fail group needs a max_score.");

        return new GroupGrading.Points(aggregation, maximum);
    }

    private static StaticValidation? ReadStaticValidation(YamlSection yaml, GroupGrading grading, PackageConfiguration configuration, bool hasStaticValidator)
    {
        var arguments = yaml.Texts("static_validator_args");
        var node = yaml.Node("static_validation_score");
        var line = yaml.LineOf("static_validation_score");
        if (node is null)
        {
            if (arguments is not null)
                yaml.Error(yaml.LineOf("static_validator_args"), "static_validator_args needs static_validation_score.");
            return null;
        }

        if (!hasStaticValidator)
            yaml.Error(line, "static_validation_score needs a program in static_validator/.");

        var passFail = node is YamlScalar { Value: "pass-fail" };
        double? maximum = passFail ? null : yaml.Integer("static_validation_score", 0);
        var points = grading as GroupGrading.Points;
        if (passFail && points is { Aggregation: not ScoreAggregation.PassFail })
            yaml.Error(line, "A pass-fail static validation needs score_aggregation: pass-fail.");
        if (!passFail && points is not { Aggregation: not ScoreAggregation.PassFail })
            yaml.Error(line, "A static validation with points needs a scoring problem and a score_aggregation of sum or min.");
        if (maximum > points?.MaximumScore)
            yaml.Error(line, "static_validation_score is more than the group's max_score.");

        return new(maximum, [.. (arguments ?? []).Select(configuration.Constants.Substitute)]);
    }
}
