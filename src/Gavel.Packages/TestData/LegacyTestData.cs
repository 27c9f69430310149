using Gavel.Core.Problems;
using Gavel.Packages.Configuration;
using Gavel.Packages.Reading;

namespace Gavel.Packages.TestData;

/// <summary>Reads <c>data/</c> of a legacy package: a tree of groups with <c>testdata.yaml</c> files whose keys are inherited.</summary>
internal sealed class LegacyTestData(PackageConfiguration configuration, bool domjudgeScores, PackageIssues issues)
{
    private const string GroupFile = "testdata.yaml";
    private static readonly Dictionary<string, ValidatorCaseKind> s_validatorFolders = new()
    {
        ["invalid_input"] = ValidatorCaseKind.InvalidInput,
        ["invalid_output"] = ValidatorCaseKind.InvalidOutput,
        ["valid_output"] = ValidatorCaseKind.ValidOutput,
    };

    private readonly List<string> _interactions = [];
    private readonly List<ValidatorCase> _validatorCases = [];

    public TestDataSet Read(PackageFolder data)
    {
        var root = Settings(new(configuration.RootGrading), data);
        foreach (var file in data.Files.Where(f => f.Name != GroupFile))
            issues.Warn(file.Path, null, "Testcases belong into data/sample and data/secret; ignored here.");

        var groups = new List<TestGroup>();
        foreach (var folder in data.Folders)
        {
            if (folder.Name is "sample" or "secret")
                groups.Add(ReadGroup(folder, root, folder.Name == "sample"));
            else if (s_validatorFolders.TryGetValue(folder.Name, out var kind))
                ReadValidatorCases(folder, kind, root);
            else
                issues.Warn(folder.Path, null, "Not judged: only data/sample and data/secret are.");
        }

        return new(new("", [], groups) { Grading = root.Grading }, _validatorCases, _interactions);
    }

    private TestGroup ReadGroup(PackageFolder folder, LegacyGroupSettings parent, bool sample)
    {
        if (folder.File("test_group.yaml") is { } modern)
            issues.Error(modern.Path, null, "test_group.yaml belongs to the 2025-09 format; the legacy format has testdata.yaml.");

        var settings = Settings(parent, folder);
        // Only the root may ignore the sample; inherited, the flag would drop a group's first child.
        settings = settings with { Grading = settings.Grading with { GraderFlags = [.. settings.Grading.GraderFlags.Where(f => f != "ignore_sample")] } };
        var (cases, folders) = CaseFiles.Sort(folder, GroupFile, issues);
        var testcases = cases.Select(c => ReadCase(c, settings, sample)).OfType<Testcase>().ToList();
        return new(folder.Path["data/".Length..], testcases, [.. folders.Select(f => ReadGroup(f, settings, sample))]) { Grading = settings.Grading };
    }

    private LegacyGroupSettings Settings(LegacyGroupSettings parent, PackageFolder folder)
    {
        var file = folder.File(GroupFile);
        if (!domjudgeScores)
            return parent.With(file, configuration.Scoring, issues);

        // DOMjudge inherits nothing, and a score that is not given is none.
        var own = new LegacyGroupSettings(new GroupGrading.Legacy { AcceptScore = double.NaN, BreakOnReject = file is not null }).With(file, configuration.Scoring, issues);
        var score = double.IsNaN(own.Grading.AcceptScore) ? (double?)null : own.Grading.AcceptScore;
        return own with { Grading = own.Grading with { AcceptScore = score ?? 0, Domjudge = new(file is not null || folder.Folders.Any(f => f.AllFiles.Any(c => c.Name == GroupFile)), score) } };
    }

    private Testcase? ReadCase(CaseFiles files, LegacyGroupSettings settings, bool sample)
    {
        var interaction = files[".interaction"];
        if (files[".in"] is not { } input)
        {
            if (sample)
                _interactions.Add(interaction!.FullPath);
            else
                issues.Warn(interaction!.Path, null, "A sample interaction outside data/sample is not shown.");
            return null;
        }

        if (files[".ans"] is not { } answer)
        {
            issues.Error(input.Path, null, $"There is no answer file {files.Name}.ans.");
            return null;
        }

        if (files.Images.Count > 1)
            issues.Error(files.Images[1].Path, null, "A testcase may have one illustration.");
        if (files[".yaml"] is { } yaml)
            issues.Error(yaml.Path, null, "Configuration of single testcases belongs to the 2025-09 format; in the legacy format put the case into a group of its own.");
        if (files.FilesFolder is { } folder)
            issues.Error(folder.Path, null, "Files for submissions to read belong to the 2025-09 format.");

        return new(files.Name, input.FullPath, answer.FullPath)
        {
            Sample = sample,
            FullFeedback = sample,
            OutputValidatorFlags = [.. configuration.ValidatorFlags, .. settings.OutputValidatorFlags],
            InputValidatorFlags = settings.InputValidatorFlags,
            Hint = files[".hint"]?.ReadText(issues)?.Trim(),
            Description = files[".desc"]?.ReadText(issues)?.Trim(),
            Illustration = files.Images.Count > 0 ? files.Images[0].FullPath : null,
            OutputFile = files[".out"]?.FullPath,
            Display = CaseDisplay.Read(files, issues),
        };
    }

    private void ReadValidatorCases(PackageFolder folder, ValidatorCaseKind kind, LegacyGroupSettings parent)
    {
        var settings = parent.With(folder.File(GroupFile), configuration.Scoring, issues);
        var (cases, folders) = CaseFiles.Sort(folder, GroupFile, issues);
        foreach (var files in cases)
        {
            if (CaseDisplay.ReadValidatorCase(files, kind, issues) is { } read)
            {
                _validatorCases.Add(read with
                {
                    InputValidatorFlags = settings.InputValidatorFlags,
                    OutputValidatorFlags = [.. configuration.ValidatorFlags, .. settings.OutputValidatorFlags],
                });
            }
        }

        foreach (var child in folders)
            ReadValidatorCases(child, kind, settings);
    }
}
