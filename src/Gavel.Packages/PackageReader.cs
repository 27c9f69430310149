using Gavel.Core.Problems;
using Gavel.Packages.Configuration;
using Gavel.Packages.Programs;
using Gavel.Packages.Reading;
using Gavel.Packages.Statements;
using Gavel.Packages.TestData;
using Gavel.Packages.Yaml;

namespace Gavel.Packages;

/// <summary>
/// Reads an unpacked problem package of the ICPC/Kattis family (<c>legacy</c>, <c>legacy-icpc</c>, <c>2023-07[-draft]</c>, <c>2025-09</c>) as its author meant it.
/// What is malformed or unsupported refuses the package; nothing is skipped in silence. The files themselves are not copied: the problem points at them.
/// </summary>
public static class PackageReader
{
    /// <summary>Reads the package in <paramref name="folder"/>.</summary>
    /// <param name="folder">The folder with <c>problem.yaml</c>.</param>
    /// <param name="slug">The problem's short name; the folder's name when null.</param>
    /// <returns>The problem, or every reason why it cannot be judged.</returns>
    public static PackageReadResult Read(string folder, string? slug = null)
    {
        var issues = new PackageIssues();
        if (!Directory.Exists(folder))
            return Refuse([new(".", null, $"There is no folder {folder}.")]);

        var root = PackageFolder.Read(folder, issues);
        if (root.File("problem.yaml") is not { } file)
            return Refuse([new("problem.yaml", null, "Missing: this folder is not a problem package.")]);

        var yaml = YamlSection.Read(file, issues);
        if (issues.Errors.Count > 0 || PackageFormats.Read(yaml) is not { } format)
            return Refuse(issues.Errors);

        var configuration = format.Format.IsLegacy()
            ? LegacyProblemYaml.Read(yaml, format.Format, format.Name)
            : ModernProblemYaml.Read(yaml, format.Format, format.Name);
        configuration = DomjudgeFiles.Apply(configuration, root, issues);

        var gavel = GavelYaml.Read(root, issues);
        var programs = new ProgramsReader(configuration, gavel.Interface, root, issues).Read();
        GavelYaml.Check(gavel, configuration, programs, issues);
        var domjudge = GavelYaml.ScoresAsDomjudge(gavel, configuration, root, issues);
        var data = ReadData(configuration, programs, domjudge, root, issues);
        data = data with { Root = GavelYaml.Apply(gavel, data.Root, issues) };
        var submissions = new SubmissionsReader(configuration, issues).Read(root);
        var (statements, names) = new StatementsReader(configuration, root, issues).Read();
        if (programs.InputValidators.Count == 0)
            issues.Warn("input_validators", null, "There is no input validator.");

        if (issues.Errors.Count > 0)
            return Refuse(issues.Errors);

        return new PackageReadResult.Ok(new()
        {
            Slug = slug ?? Path.GetFileName(root.FullPath),
            Folder = root.FullPath,
            FormatVersion = configuration.FormatName,
            Type = configuration.Type,
            Names = names,
            Limits = configuration.Limits,
            Data = data.Root,
            OutputValidators = programs.OutputValidators,
            Checker = gavel.Checker,
            Interface = gavel.Interface,
            InputFileName = gavel.InputFile,
            OutputFileName = gavel.OutputFile,
            InputValidators = programs.InputValidators,
            Grader = programs.Grader,
            StaticValidator = programs.StaticValidator,
            Statements = statements,
            Submissions = submissions,
            IncludeFolder = root.Folder("include")?.FullPath,
            ValidatorScores = configuration.ValidatorScores || domjudge,
            LowerScoreIsBetter = configuration.LowerScoreIsBetter,
            ShowTestGroups = configuration.ShowTestGroups,
            AllowFileWriting = configuration.AllowFileWriting,
            Constants = configuration.Constants,
            Metadata = configuration.Metadata,
            ValidatorCases = data.ValidatorCases,
            SampleInteractions = data.SampleInteractions,
            Attachments = [.. (root.Folder("attachments")?.AllFiles ?? []).Select(f => f.FullPath)],
            Languages = configuration.Languages,
            Warnings = issues.Warnings,
        });
    }

    private static TestDataSet ReadData(PackageConfiguration configuration, PackagePrograms programs, bool domjudge, PackageFolder root, PackageIssues issues)
    {
        if (root.Folder("data") is not { } folder)
        {
            issues.Error("data", null, "Missing: there is no test data.");
            return new(new("", [], []), [], []);
        }

        // Drafts come with either kind of group configuration; the files decide.
        var legacy = configuration.Format.IsLegacy()
            || configuration.Format == PackageFormat.Draft && folder.AllFiles.Any(f => f.Name == "testdata.yaml") && !folder.AllFiles.Any(f => f.Name == "test_group.yaml");
        var data = legacy
            ? new LegacyTestData(configuration, domjudge, issues).Read(folder)
            : new ModernTestData(configuration, programs.StaticValidator is not null, issues).Read(folder);

        var secret = data.Root.Groups.FirstOrDefault(g => g.Name == "secret");
        if (secret is null || !secret.AllTestcases.Any() && secret.SelfAndGroups.All(g => g.StaticValidation is null))
            issues.Error("data/secret", null, "There is no secret testcase.");
        if (programs.Grader is null && data.Root.SelfAndGroups.FirstOrDefault(g => g.Grading is GroupGrading.Legacy { CustomGrader: true }) is { } graded)
            issues.Error($"data/{graded.Name}".TrimEnd('/'), null, "grading is custom, but there is no program in graders/.");

        return data;
    }

    private static PackageReadResult.Refused Refuse(IReadOnlyList<PackageIssue> issues) => new(issues);
}
