using Gavel.Core.Problems;
using Gavel.Testing;

namespace Gavel.Packages.Tests;

public sealed class ExporterTests : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("gavel-exporter-").FullName;

    [Fact]
    public async Task A_modern_problem_survives_the_way_to_legacy()
    {
        using var package = TestPackage.Modern("type: interactive\nlimits: {time_limit: 1.5, memory: 512}\nconstants: {max: 10}\n").With("output_validator/v.py", "x = {{max}}\n")
            .With("data/secret/test_group.yaml", "output_validator_args: [a, 'b c']\n").With("statement/problem.en.md", "n < {{max}}\n");

        var (problem, notes) = await Export(package.Read(), ExportFormat.Legacy);

        Assert.Equal("legacy", problem.FormatVersion);
        Assert.True(problem.Type.HasFlag(ProblemType.Interactive));
        Assert.Equal(TimeSpan.FromSeconds(1.5), problem.Limits.TimeLimit);
        Assert.Equal(512, problem.Limits.Memory.Mebibytes);
        Assert.Equal(["a", "b c"], problem.Testcases.Last().OutputValidatorFlags);
        Assert.Equal("x = 10\n", File.ReadAllText(problem.OutputValidators.Single().Files.Single()));
        Assert.Contains("n &lt; 10", StatementRenderer.Render(problem)!.Html, StringComparison.Ordinal);
        Assert.Contains(notes, n => n.Part == "statement" && n.Outcome == ConversionOutcome.Approximated);
    }

    [Fact]
    public async Task What_a_legacy_problem_says_about_itself_comes_along()
    {
        using var package = TestPackage.Legacy("name: Hello\nauthor: Ada, Bob\nsource: Cup\nsource_url: https://example.org/cup\nlicense: cc by\nrights_owner: The Cup\nkeywords: easy sums\nlanguages: cpp java\nlimits: {time_multiplier: 4, time_safety_margin: 3}\n")
            .With("gavel.yaml", "checker: wcmp\n");

        var (problem, _) = await Export(package.Read(), ExportFormat.Modern);

        var about = problem.Metadata;
        Assert.Equal(["Ada", "Bob"], about.Credits["authors"]);
        Assert.Equal([new("Cup", "https://example.org/cup")], about.Sources);
        Assert.Equal(("cc by", "The Cup"), (about.License, about.RightsOwner));
        Assert.Equal(["easy", "sums"], about.Keywords);
        Assert.Equal(["cpp", "java"], problem.Languages);
        Assert.Equal((4, 3), (problem.Limits.AcceptedToTimeLimit, problem.Limits.TimeLimitToExceeded));
        Assert.True(problem.AllowFileWriting);
        Assert.Equal("wcmp", problem.Checker?.Name);
    }

    [Fact]
    public async Task What_a_modern_problem_says_about_itself_comes_along_or_is_named()
    {
        using var package = TestPackage.Modern("credits: {authors: [Ada], testers: [Bob]}\nsource: [{name: Cup, url: 'https://example.org/cup'}, Other]\nlicense: cc by-sa\nrights_owner: The Cup\nkeywords: [easy, big sums]\nversion: '3'\nembargo_until: 2030-01-02\nlanguages: [cpp]\n"
            + "limits: {time_multipliers: {ac_to_time_limit: 3, time_limit_to_tle: 2.5}}\n");

        var (problem, notes) = await Export(package.Read(), ExportFormat.Legacy);

        var about = problem.Metadata;
        Assert.Equal(["Ada"], about.Credits["authors"]);
        Assert.Equal([new("Cup", "https://example.org/cup")], about.Sources);
        Assert.Equal(("cc by-sa", "The Cup"), (about.License, about.RightsOwner));
        Assert.Equal(["easy", "big-sums"], about.Keywords);
        Assert.Equal((3, 2.5), (problem.Limits.AcceptedToTimeLimit, problem.Limits.TimeLimitToExceeded));
        Assert.Contains(notes, n => n.Message.Contains("the testers, all sources but the first, the version, the embargo, the list of languages", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cases_for_validators_go_where_they_can_and_are_named_where_not()
    {
        using var modern = TestPackage.Modern().With("data/invalid_input/1.in", "x\n");
        using var legacy = TestPackage.Legacy("name: Hello\n").With("data/invalid_input/1.in", "x\n");
        using var stream = new MemoryStream();

        var left = Assert.IsType<ExportResult.Ok>(await PackageExporter.ExportAsync(modern.Read(), ExportFormat.Legacy, stream, TestContext.Current.CancellationToken));
        var (problem, _) = await Export(legacy.Read(), ExportFormat.Modern);

        Assert.Contains(left.Notes, n => n is { Part: "validator cases", Outcome: ConversionOutcome.Refused });
        Assert.Equal(ValidatorCaseKind.InvalidInput, Assert.Single(problem.ValidatorCases).Kind);
    }

    // As many packages are: the draft's problem.yaml and folders, and the legacy format's groups.
    [Theory]
    [InlineData("", "with open(sys.argv[3] + 'score.txt', 'w') as f: f.write('1')", true)]
    [InlineData("", "sys.exit(42)", false)]
    public async Task A_draft_with_testdata_yaml_becomes_legacy_as_it_is(string more, string validator, bool scores)
    {
        using var package = TestPackage.Modern().With("problem.yaml", $"problem_format_version: 2023-07-draft\nname: Echo\ntype: scoring\n{more}").With("output_validator/v.py", $"import sys\n{validator}\n")
            .With("data/testdata.yaml", "on_reject: continue\ngrader_flags: ignore_sample\nrange: 0 100\n").With("data/secret/testdata.yaml", "grader_flags: first_error accept_if_any_accepted\noutput_validator_flags: --strict\n")
            .Without("data/secret/1.in").Without("data/secret/1.ans").With("data/secret/g1/1.in", "2\n").With("data/secret/g1/1.ans", "2\n").With("data/secret/g1/testdata.yaml", "on_reject: break\naccept_score: 40\ngrader_flags: min\n");
        var original = package.Read();

        var (problem, _) = await Export(original, ExportFormat.Legacy);

        Assert.Equal("legacy", problem.FormatVersion);
        Assert.Equal(original.Data.SelfAndGroups.Select(g => (g.Name, Text(g.Grading))), problem.Data.SelfAndGroups.Select(g => (g.Name, Text(g.Grading))));
        Assert.Equal(["--strict"], problem.Testcases.Last().OutputValidatorFlags);
        Assert.Equal(scores, problem.ValidatorScores);

        static string Text(GroupGrading grading) => grading is GroupGrading.Legacy legacy ? $"{legacy with { GraderFlags = [] }} {string.Join(' ', legacy.GraderFlags)}" : "";
    }

    [Fact]
    public async Task A_draft_with_test_groups_becomes_2025_09()
    {
        using var groups = TestPackage.Modern().With("problem.yaml", "problem_format_version: 2023-07-draft\nname: Echo\ntype: scoring\n").With("data/secret/test_group.yaml", "max_score: 10\n");

        var (problem, _) = await Export(groups.Read(), ExportFormat.Modern);

        Assert.Equal("2025-09", problem.FormatVersion);
        Assert.Equal(10, ((GroupGrading.Points)problem.Data.Groups.Single(g => g.Name == "secret").Grading).MaximumScore);
    }

    [Fact]
    public async Task A_draft_with_testdata_yaml_becomes_2025_09()
    {
        using var package = TestPackage.Modern().With("problem.yaml", "problem_format_version: 2023-07\nname: Echo\nconstants: {n: 5}\n").With("data/secret/testdata.yaml", "input_validator_flags: --max 5\n")
            .With("input_validators/check.py", "n = {{n}}\n");

        var (problem, _) = await Export(package.Read(), ExportFormat.Modern);

        Assert.Equal("2025-09", problem.FormatVersion);
        Assert.Equal(["--max", "5"], problem.Testcases.Last().InputValidatorFlags.ForAll);
        Assert.Equal("n = 5\n", File.ReadAllText(problem.InputValidators.Single().Files.Single()));
    }

    [Theory]
    [InlineData(ExportFormat.Modern)]
    [InlineData(ExportFormat.Legacy)]
    public async Task Every_limit_comes_along(ExportFormat format)
    {
        const string limits = "limits: {memory: 300, output: 64, code: 20, compilation_time: 90, compilation_memory: 3000, validation_time: 70, validation_memory: 900, validation_output: 16, validation_passes: 26}\n";
        using var package = format == ExportFormat.Modern
            ? TestPackage.Legacy($"name: Hello\nvalidation: custom multi-pass\n{limits}").With("output_validators/v.py", "1\n").With(".timelimit", "3\n")
            : TestPackage.Modern($"type: multi-pass\n{limits.Replace("{", "{time_limit: 3, ", StringComparison.Ordinal)}").With("output_validator/v.py", "1\n");
        var original = package.Read();

        var (problem, _) = await Export(original, format);

        Assert.Equal(
            original.Limits with { AcceptedToTimeLimit = 0, TimeLimitToExceeded = 0 },
            problem.Limits with { AcceptedToTimeLimit = 0, TimeLimitToExceeded = 0 });
    }

    [Fact]
    public async Task A_legacy_problem_survives_the_way_to_2025_09()
    {
        using var package = TestPackage.Legacy("name: Hello\nvalidator_flags: float_tolerance 1e-6\nlimits: {memory: 100}\n").With(".timelimit", "3\n").With("data/secret/g/testdata.yaml", "input_validator_flags: --max 5\n")
            .With("data/secret/g/2.in", "5\n").With("data/secret/g/2.ans", "5\n").With("data/secret/g/2.hint", "think\n").With("submissions/time_limit_exceeded/x.py", "1\n");

        var (problem, _) = await Export(package.Read(), ExportFormat.Modern);

        Assert.Equal("2025-09", problem.FormatVersion);
        Assert.Equal(TimeSpan.FromSeconds(3), problem.Limits.TimeLimit);
        var last = problem.Testcases.Last();
        Assert.Equal(["float_tolerance", "1e-6"], last.OutputValidatorFlags);
        Assert.Equal(["--max", "5"], last.InputValidatorFlags.ForAll);
        Assert.Equal("think", last.Hint);
        Assert.Contains(Gavel.Core.Judgings.Verdict.WrongAnswer, problem.Submissions.Single(s => s.ExpectationFolder == "time_limit_exceeded").Permitted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Points_of_groups_and_of_equal_testcases_survive_the_way_to_legacy(bool grouped)
    {
        using var package = TestPackage.Modern("type: scoring\n").With("data/secret/test_group.yaml", "max_score: 100\n");
        if (grouped)
        {
            package.Without("data/secret/1.in").Without("data/secret/1.ans");
            foreach (var (name, points) in new[] { ("a", 40), ("b", 60) })
                package.With($"data/secret/{name}/1.in", $"{name}\n").With($"data/secret/{name}/1.ans", $"{name}\n").With($"data/secret/{name}/test_group.yaml", $"max_score: {points}\noutput_validator_args: [float_tolerance, '1e-{points / 20}']\n");
        }
        else
            package.With("data/secret/2.in", "5\n").With("data/secret/2.ans", "5\n");

        var (problem, _) = await Export(package.Read(), ExportFormat.Legacy);

        var secret = problem.Data.Groups.Single(g => g.Name == "secret");
        Assert.Equal(["ignore_sample"], ((GroupGrading.Legacy)problem.Data.Grading).GraderFlags);
        Assert.Equal(["first_error", "accept_if_any_accepted"], ((GroupGrading.Legacy)secret.Grading).GraderFlags);
        if (grouped)
        {
            Assert.Equal([(40, true), (60, true)], secret.Groups.Select(g => ((GroupGrading.Legacy)g.Grading).Range.High).Zip(secret.Groups.Select(g => ((GroupGrading.Legacy)g.Grading) is { BreakOnReject: true, GraderFlags: ["min"] })));
            Assert.Equal(["float_tolerance", "1e-3"], problem.Testcases.Last().OutputValidatorFlags);
        }
        else
            Assert.Equal(50, ((GroupGrading.Legacy)secret.Grading).AcceptScore);
    }

    [Fact]
    public async Task What_the_other_format_cannot_say_is_refused()
    {
        using var scoring = TestPackage.Modern("type: scoring\n").With("data/secret/test_group.yaml", "max_score: 10\nscore_aggregation: min\n");
        using var graded = TestPackage.Legacy("type: scoring\n");
        using var stream = new MemoryStream();

        Assert.IsType<ExportResult.Refused>(await PackageExporter.ExportAsync(scoring.Read(), ExportFormat.Legacy, stream, TestContext.Current.CancellationToken));
        Assert.IsType<ExportResult.Refused>(await PackageExporter.ExportAsync(graded.Read(), ExportFormat.Modern, stream, TestContext.Current.CancellationToken));
        Assert.Equal(0, stream.Length);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(OwnProblemsTests.Packages), MemberType = typeof(OwnProblemsTests))]
    public async Task Our_own_problems_can_be_exported_or_are_refused_with_a_reason(string package)
    {
        var problem = ((PackageReadResult.Ok)PackageReader.Read(Path.Combine(Repository.Problems, package))).Problem;
        foreach (var format in Enum.GetValues<ExportFormat>())
        {
            using var stream = new MemoryStream();
            var result = await PackageExporter.ExportAsync(problem, format, stream, TestContext.Current.CancellationToken);

            Assert.True(result is ExportResult.Ok ? stream.Length > 0 : ((ExportResult.Refused)result).Issues.Count > 0 && stream.Length == 0);
            if (result is ExportResult.Ok)
                Assert.Contains(new System.IO.Compression.ZipArchive(stream).Entries, e => e.FullName == (format == ExportFormat.Modern ? $"{package}/problem.yaml" : "problem.yaml"));
        }
    }

    [Fact]
    public void A_new_package_is_complete()
    {
        var folder = PackageTemplate.Create(_scratch, "apples");

        var problem = Assert.IsType<PackageReadResult.Ok>(PackageReader.Read(folder)).Problem;

        Assert.Empty(problem.Warnings);
        Assert.Equal(4, problem.Testcases.Count());
        Assert.Equal(2, problem.ValidatorCases.Count);
        Assert.Throws<IOException>(() => PackageTemplate.Create(_scratch, "apples"));
        Assert.Throws<ArgumentException>(() => PackageTemplate.Create(_scratch, "../x"));
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    private async Task<(Problem Problem, IReadOnlyList<ConversionNote> Notes)> Export(Problem problem, ExportFormat format)
    {
        using var stream = new MemoryStream();
        var result = await PackageExporter.ExportAsync(problem, format, stream, TestContext.Current.CancellationToken);
        Assert.True(result is ExportResult.Ok, string.Join('\n', (result as ExportResult.Refused)?.Issues ?? []));
        stream.Position = 0;
        var folder = Path.Combine(_scratch, "exported");
        Assert.IsType<PackageExtraction.Ok>(await PackageArchive.ExtractAsync(stream, folder, PackageArchiveLimits.Default, TestContext.Current.CancellationToken));
        return (((PackageReadResult.Ok)PackageReader.Read(folder)).Problem, ((ExportResult.Ok)result).Notes);
    }
}
