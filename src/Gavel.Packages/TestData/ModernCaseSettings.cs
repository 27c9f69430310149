using Gavel.Core.Problems;
using Gavel.Packages.Reading;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.TestData;

/// <summary>What a 2025-09 testcase is run with: the keys of its <c>X.yaml</c> over those of its group.</summary>
internal sealed record ModernCaseSettings
{
    public static readonly ModernCaseSettings None = new();

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public ValidatorArguments InputValidatorArguments { get; init; } = ValidatorArguments.None;

    public IReadOnlyList<string> OutputValidatorArguments { get; init; } = [];

    public bool? FullFeedback { get; init; }

    public string? Hint { get; init; }

    public string? Description { get; init; }

    /// <summary>These settings with the file's over them. Its unknown keys are refused.</summary>
    public ModernCaseSettings With(PackageFile? file, bool perCase, PackageConstants constants, PackageIssues issues)
    {
        if (file is null)
            return this;

        var yaml = YamlSection.Read(file, issues);
        // Constants are for groups, not for testcases: test data must mean the same everywhere.
        var settings = With(yaml, perCase ? PackageConstants.None : constants) with { Hint = perCase ? yaml.Text("hint") : null, Description = yaml.Text("description") };
        yaml.RefuseRest(file.Name);
        return settings;
    }

    /// <summary>These settings with those keys over them that a group and a testcase have in common.</summary>
    public ModernCaseSettings With(YamlSection yaml, PackageConstants constants)
    {
        // Visualizers never influence a verdict; their arguments are checked and not kept.
        yaml.Texts("input_visualizer_args");
        yaml.Texts("output_visualizer_args");
        return this with
        {
            Arguments = Texts(yaml, "args", constants) ?? Arguments,
            InputValidatorArguments = ReadInputValidatorArguments(yaml, constants) ?? InputValidatorArguments,
            OutputValidatorArguments = Texts(yaml, "output_validator_args", constants) ?? OutputValidatorArguments,
            FullFeedback = yaml.Flag("full_feedback") ?? FullFeedback,
        };
    }

    private static IReadOnlyList<string>? Texts(YamlSection yaml, string key, PackageConstants constants) =>
        yaml.Texts(key) is { } texts ? [.. texts.Select(constants.Substitute)] : null;

    private static ValidatorArguments? ReadInputValidatorArguments(YamlSection yaml, PackageConstants constants)
    {
        if (yaml.Node("input_validator_args") is not YamlMap)
            return Texts(yaml, "input_validator_args", constants) is { } all ? new(all) : null;

        var map = yaml.Section("input_validator_args")!;
        return new([], map.Entries.ToDictionary(e => e.Key, e => Texts(map, e.Key, constants) ?? []));
    }
}
