using Gavel.Core.Problems;
using Gavel.Packages.Configuration;
using Gavel.Packages.Reading;

namespace Gavel.Packages.TestData;

/// <summary>
/// Reads <c>data/</c> of a 2025-09 package: <c>secret</c> holds either testcases or groups, groups hold testcases at any depth, and
/// <c>test_group.yaml</c> is not inherited from group to group, only from a group into its testcases.
/// </summary>
internal sealed class ModernTestData(PackageConfiguration configuration, bool hasStaticValidator, PackageIssues issues)
{
    private const string GroupFile = ModernGroupSettings.FileName;
    private readonly List<ValidatorCase> _validatorCases = [];
    private readonly List<string> _interactions = [];

    public TestDataSet Read(PackageFolder data)
    {
        foreach (var file in data.Files)
            issues.Warn(file.Path, null, "Testcases belong into data/sample and data/secret; ignored here.");

        var groups = new List<TestGroup>();
        foreach (var folder in data.Folders)
        {
            switch (folder.Name)
            {
                case "sample":
                    groups.Add(ReadGroup(folder, GroupKind.Sample, folder.Folders));
                    break;
                case "secret":
                    groups.Add(ReadSecret(folder));
                    break;
                case "invalid_input":
                    ReadValidatorCases(folder, ValidatorCaseKind.InvalidInput, ModernCaseSettings.None);
                    break;
                case "invalid_output":
                    ReadValidatorCases(folder, ValidatorCaseKind.InvalidOutput, ModernCaseSettings.None);
                    break;
                case "valid_output":
                    ReadValidatorCases(folder, ValidatorCaseKind.ValidOutput, ModernCaseSettings.None);
                    break;
                default:
                    issues.Warn(folder.Path, null, "Not judged: only data/sample and data/secret are.");
                    break;
            }
        }

        CheckRequirements(groups);
        CheckScores(groups.FirstOrDefault(g => g.Name == "secret"));
        return new(new("", [], groups), _validatorCases, _interactions);
    }

    private TestGroup ReadSecret(PackageFolder secret)
    {
        var (cases, folders) = CaseFiles.Sort(secret, GroupFile, new PackageIssues());
        var anyConfigured = folders.Any(f => f.File(GroupFile) is not null);
        if (cases.Count > 0 && anyConfigured)
            issues.Error(folders.First(f => f.File(GroupFile) is not null).Path, null, "data/secret holds testcases; it cannot hold test groups as well.");

        // Folders without any configuration only sort the testcases, unless points hang on them.
        var grouped = folders.Count > 0 && cases.Count == 0 && (anyConfigured || !configuration.Scoring);
        return ReadGroup(secret, grouped ? GroupKind.SecretOfGroups : GroupKind.Secret, grouped ? [] : folders) with
        {
            Groups = grouped ? [.. folders.Select(f => ReadGroup(f, GroupKind.Group, f.Folders))] : [],
        };
    }

    /// <summary>A group with the testcases in its folder and, at any depth, in the folders of it that are given.</summary>
    private TestGroup ReadGroup(PackageFolder folder, GroupKind kind, IReadOnlyList<PackageFolder> below)
    {
        if (folder.File("testdata.yaml") is { } legacy)
            issues.Error(legacy.Path, null, $"testdata.yaml belongs to the legacy format; this one has {GroupFile}.");

        var settings = ModernGroupSettings.Read(folder, kind, configuration, hasStaticValidator, issues);
        var testcases = new List<Testcase>();
        Collect(folder, below);
        if (kind == GroupKind.Group && testcases.Count == 0 && settings.StaticValidation is null)
            issues.Error(folder.Path, null, "A test group without a testcase.");

        return new(folder.Path["data/".Length..], [.. testcases.OrderBy(t => t.Name, StringComparer.Ordinal)], [])
        {
            Grading = settings.Grading,
            RequirePass = settings.RequirePass,
            StaticValidation = settings.StaticValidation,
        };

        void Collect(PackageFolder from, IReadOnlyList<PackageFolder> deeper)
        {
            var (cases, _) = CaseFiles.Sort(from, GroupFile, issues);
            testcases.AddRange(cases.Select(c => ReadCase(c, settings.Cases, kind == GroupKind.Sample)).OfType<Testcase>());
            foreach (var child in deeper.Where(f => !f.Name.EndsWith(".files", StringComparison.Ordinal)))
            {
                if (child.File(GroupFile) is { } nested)
                    issues.Error(nested.Path, null, kind == GroupKind.Sample ? "data/sample cannot hold test groups." : "Test groups do not nest.");
                Collect(child, child.Folders);
            }
        }
    }

    private Testcase? ReadCase(CaseFiles files, ModernCaseSettings group, bool sample)
    {
        var any = files.All.First();
        if (files[".in"] is not { } input)
        {
            if (sample && files[".interaction"] is { } alone && files.All.All(f => f == alone))
            {
                // The drafts allowed it, the final format wants a testcase for it; it only ever is shown.
                if (configuration.Format != PackageFormat.Draft)
                    issues.Warn(alone.Path, null, $"There is no testcase {files.Name}.in that this belongs to; it is shown all the same.");
                _interactions.Add(alone.FullPath);
                return null;
            }

            issues.Error(any.Path, null, $"There is no input file {files.Name}.in.");
            return null;
        }

        if (files[".ans"] is not { } answer)
        {
            issues.Error(input.Path, null, $"There is no answer file {files.Name}.ans.");
            return null;
        }

        foreach (var old in new[] { files[".hint"], files[".desc"] }.OfType<PackageFile>())
            issues.Warn(old.Path, null, $"Ignored: hints and descriptions belong into {files.Name}.yaml.");
        if (files.Images.Count > 1)
            issues.Error(files.Images[1].Path, null, "A testcase may have one illustration.");
        foreach (var (download, statement) in new[] { (".in.download", ".in.statement"), (".ans.download", ".ans.statement") }.Where(p => files[p.Item1] is null != files[p.Item2] is null))
            issues.Warn((files[download] ?? files[statement])!.Path, null, $"{statement} and {download} should come together.");

        var settings = group.With(files[".yaml"], perCase: true, configuration.Constants, issues);
        return new(files.Name, input.FullPath, answer.FullPath)
        {
            Sample = sample,
            FullFeedback = settings.FullFeedback ?? sample,
            Arguments = settings.Arguments,
            OutputValidatorFlags = settings.OutputValidatorArguments,
            InputValidatorFlags = settings.InputValidatorArguments,
            FilesFolder = files.FilesFolder?.FullPath,
            Hint = settings.Hint,
            Description = settings.Description,
            Illustration = files.Images.Count > 0 ? files.Images[0].FullPath : null,
            OutputFile = files[".out"]?.FullPath,
            Display = CaseDisplay.Read(files, issues),
        };
    }

    private void ReadValidatorCases(PackageFolder folder, ValidatorCaseKind kind, ModernCaseSettings inherited)
    {
        var settings = inherited.With(folder.File(GroupFile), perCase: false, configuration.Constants, issues);
        var (cases, folders) = CaseFiles.Sort(folder, GroupFile, issues);
        foreach (var files in cases)
        {
            if (CaseDisplay.ReadValidatorCase(files, kind, issues) is not { } read)
                continue;

            var own = settings.With(files[".yaml"], perCase: true, configuration.Constants, issues);
            _validatorCases.Add(read with { Arguments = own.Arguments, InputValidatorFlags = own.InputValidatorArguments, OutputValidatorFlags = own.OutputValidatorArguments });
        }

        foreach (var child in folders)
            ReadValidatorCases(child, kind, settings);
    }

    private void CheckRequirements(List<TestGroup> groups)
    {
        var known = groups.SelectMany(g => g.SelfAndGroups).ToDictionary(g => g.Name);
        foreach (var group in known.Values)
        {
            foreach (var name in group.RequirePass)
            {
                var file = $"data/{group.Name}/{GroupFile}";
                var line = 1;
                if (!known.TryGetValue(name, out var required))
                    issues.Error(file, line, $"require_pass names '{name}', which is no test group.");
                else if (name != "sample" && (group.Name == "secret" || !name.StartsWith("secret/", StringComparison.Ordinal) || string.CompareOrdinal(name, group.Name) >= 0))
                    issues.Error(file, line, $"require_pass may name sample or an earlier group of secret, not '{name}'.");
                else if (required.Grading is GroupGrading.Points { Aggregation: not ScoreAggregation.PassFail })
                    issues.Error(file, line, $"require_pass names '{name}', whose score_aggregation is not pass-fail.");
            }
        }
    }

    private void CheckScores(TestGroup? secret)
    {
        if (secret?.Grading is not GroupGrading.Points whole)
            return;

        foreach (var group in secret.Groups)
        {
            var points = (GroupGrading.Points)group.Grading;
            var file = $"data/{group.Name}/{GroupFile}";
            if (points.MaximumScore is null && whole.MaximumScore is not null && points.Aggregation != ScoreAggregation.PassFail)
                issues.Error(file, 1, "The group needs a max_score, because data/secret has one.");
            if (whole.Aggregation == ScoreAggregation.PassFail && points.Aggregation != ScoreAggregation.PassFail)
                issues.Error(file, 1, "data/secret is pass-fail, so its groups must be pass-fail too.");
        }
    }
}
