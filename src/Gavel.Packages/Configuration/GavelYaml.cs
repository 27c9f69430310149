using Gavel.Core.Checking;
using Gavel.Core.Problems;
using Gavel.Packages.Programs;
using Gavel.Packages.Reading;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Configuration;

/// <summary>
/// Reads <c>gavel.yaml</c>, which says beside <c>problem.yaml</c> what the package formats have no word for. Other systems do not know the file and judge
/// with the default output validator and the package's <c>output_validator_args</c>, which should therefore be as near as the format allows.
/// </summary>
internal static class GavelYaml
{
    internal const string FileName = "gavel.yaml";

    /// <summary>What the file says; nothing where there is none.</summary>
    public static GavelSettings Read(PackageFolder root, PackageIssues issues)
    {
        if (root.File(FileName) is not { } file)
            return GavelSettings.None;

        var yaml = YamlSection.Read(file, issues);
        var settings = new GavelSettings(Choice(yaml), Interface(yaml))
        {
            CheckerLine = yaml.LineOf("checker"),
            ProgramsLine = yaml.LineOf("programs"),
            InputFile = NameOfFile(yaml, "input_file"),
            OutputFile = NameOfFile(yaml, "output_file"),
            FilesLine = yaml.LineOf(yaml.Has("input_file") ? "input_file" : "output_file"),
            Aggregations = ReadAggregations(yaml),
            Scoring = yaml.Text("scoring"),
            ScoringLine = yaml.LineOf("scoring"),
        };
        yaml.RefuseRest(FileName);
        return settings;
    }

    /// <summary>Holds the file against the rest of the package.</summary>
    public static void Check(GavelSettings settings, PackageConfiguration configuration, PackagePrograms programs, PackageIssues issues)
    {
        if (settings.Checker is not null && programs.OutputValidators.Count > 0)
            issues.Error(FileName, settings.CheckerLine, "The package has an output validator; a named checker stands in for the default one only.");
        if (settings.Checker is not null && configuration.NeedsValidator)
            issues.Error(FileName, settings.CheckerLine, "An interactive or multi-pass problem needs an output validator, not a named checker.");
        if ((settings.InputFile ?? settings.OutputFile) is not null && (configuration.NeedsValidator || configuration.Type.HasFlag(ProblemType.SubmitAnswer)))
            issues.Error(FileName, settings.FilesLine, "Submissions of an interactive, multi-pass or submit-answer problem cannot read or write a file in place of standard input or output.");
        if (settings.InputFile is not null && settings.InputFile == settings.OutputFile)
            issues.Error(FileName, settings.FilesLine, "input_file and output_file are the same.");
        if (settings.Interface != ProgramInterface.Testlib)
            return;

        var names = programs.OutputValidators.Select(p => p.Name).ToList();
        if (configuration.Type.HasFlag(ProblemType.MultiPass))
            issues.Error(FileName, settings.ProgramsLine, "testlib has no word for another pass; a multi-pass problem needs a validator of the package format.");
        if (names.Count > 1 && names.Except(["checker", "interactor"]).Any())
            issues.Error(FileName, settings.ProgramsLine, $"Several testlib programs must be named 'checker' and 'interactor', not {string.Join(", ", names)}.");
        if (names.Contains("interactor") && !configuration.Type.HasFlag(ProblemType.Interactive))
            issues.Error(FileName, settings.ProgramsLine, "There is an interactor, but the problem is not of type interactive.");
    }

    /// <summary>
    /// True when a legacy scoring problem is scored as DOMjudge scores it: because this file says so or, where it says nothing, because only DOMjudge has
    /// packages with a <c>domjudge-problem.ini</c>.
    /// </summary>
    public static bool ScoresAsDomjudge(GavelSettings settings, PackageConfiguration configuration, PackageFolder root, PackageIssues issues)
    {
        if (settings.Scoring is not (null or "domjudge" or "kattis"))
            issues.Error(FileName, settings.ScoringLine, $"scoring must be domjudge or kattis, not '{settings.Scoring}'.");
        if (settings.Scoring == "domjudge" && !(configuration.Scoring && configuration.Format.IsLegacy()))
            issues.Error(FileName, settings.ScoringLine, "Only legacy problems of type scoring can be scored as DOMjudge does.");
        // Without any group there is nothing to score in a way of one's own.
        if (!configuration.Scoring || !configuration.Format.IsLegacy() || settings.Scoring == "kattis" || root.Folder("data")?.AllFiles.Any(f => f.Name == "testdata.yaml") != true)
            return false;

        if (settings.Scoring is null && root.File("domjudge-problem.ini") is { } ini)
            issues.Warn(ini.Path, null, "A DOMjudge package: test groups are scored as DOMjudge does (accept_score once per group, nothing inherited); say 'scoring: kattis' in gavel.yaml for the format's own way.");
        return settings.Scoring == "domjudge" || settings.Scoring is null && root.File("domjudge-problem.ini") is not null;
    }

    /// <summary>The test data with the groups that count their testcases in a way the format has no word for.</summary>
    public static TestGroup Apply(GavelSettings settings, TestGroup root, PackageIssues issues)
    {
        foreach (var (name, (aggregation, line)) in settings.Aggregations)
        {
            if (root.SelfAndGroups.FirstOrDefault(g => g.Name == name && g is { Grading: GroupGrading.Points, Testcases.Count: > 0 })?.Grading is not GroupGrading.Points group)
                issues.Error(FileName, line, $"score_aggregation names '{name}', which is no group with testcases of a scoring problem.");
            else if (aggregation == ScoreAggregation.Product && group.MaximumScore is null)
                issues.Error(FileName, line, $"'{name}' multiplies shares of its max_score and has none.");
        }

        return With(root);

        TestGroup With(TestGroup group) => group with
        {
            Groups = [.. group.Groups.Select(With)],
            Grading = group.Grading is GroupGrading.Points points && settings.Aggregations.TryGetValue(group.Name, out var own) ? points with { Aggregation = own.Aggregation } : group.Grading,
        };
    }

    // score_aggregation: {secret/group1: max}
    private static Dictionary<string, (ScoreAggregation Aggregation, int Line)> ReadAggregations(YamlSection yaml)
    {
        var groups = new Dictionary<string, (ScoreAggregation, int)>();
        if (yaml.Section("score_aggregation") is not { } map)
            return groups;

        foreach (var entry in map.Entries)
        {
            if (map.Text(entry.Key) is ("max" or "product") and var word)
                groups[entry.Key] = (word == "max" ? ScoreAggregation.Maximum : ScoreAggregation.Product, entry.Line);
            else
                map.Error(entry.Line, "score_aggregation may give groups 'max' or 'product' here; say the others in test_group.yaml.");
        }

        return groups;
    }

    private static string? NameOfFile(YamlSection yaml, string key)
    {
        if (yaml.Text(key) is not { } name)
            return null;

        if (PackageFolder.IsAllowed(name))
            return name;

        yaml.Error(yaml.LineOf(key), $"{key} must be the name of a file, not '{name}'.");
        return null;
    }

    private static ProgramInterface Interface(YamlSection yaml)
    {
        switch (yaml.Text("programs"))
        {
            case null:
                return ProgramInterface.PackageFormat;
            case "testlib":
                return ProgramInterface.Testlib;
            case var other:
                yaml.Error(yaml.LineOf("programs"), $"programs may be 'testlib', not '{other}'.");
                return ProgramInterface.PackageFormat;
        }
    }

    // checker: wcmp, checker: floats 1e-9, checker: [floats, 1e-9]
    private static CheckerChoice? Choice(YamlSection yaml)
    {
        if (yaml.Texts("checker", single: true) is not { } words)
            return null;

        var line = yaml.LineOf("checker");
        if (words is [var only])
            words = ArgumentLine.Split(only) ?? words;
        if (words.Count == 0)
        {
            yaml.Error(line, "checker must name one.");
            return null;
        }

        var choice = new CheckerChoice(words[0], [.. words.Skip(1)]);
        try
        {
            CheckerCatalogue.Rule(choice);
        }
        catch (FormatException error)
        {
            yaml.Error(line, error.Message);
        }

        return choice;
    }
}

/// <summary>What <c>gavel.yaml</c> says.</summary>
internal sealed record GavelSettings(CheckerChoice? Checker, ProgramInterface Interface)
{
    public static readonly GavelSettings None = new(null, ProgramInterface.PackageFormat);

    public int CheckerLine { get; init; }

    public int ProgramsLine { get; init; }

    public string? InputFile { get; init; }

    public string? OutputFile { get; init; }

    public int FilesLine { get; init; }

    /// <summary>Whose way of scoring legacy groups is meant; null when nothing is said.</summary>
    public string? Scoring { get; init; }

    public int ScoringLine { get; init; }

    /// <summary>Groups that count their testcases in a way the format has no word for, with their lines.</summary>
    public IReadOnlyDictionary<string, (ScoreAggregation Aggregation, int Line)> Aggregations { get; init; } = new Dictionary<string, (ScoreAggregation, int)>();
}
