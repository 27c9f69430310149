using Gavel.Core.Problems;

namespace Gavel.Packages.Tests;

/// <summary>What well-formed packages mean.</summary>
public sealed class FormatTests
{
    [Fact]
    public void Legacy_groups_inherit_key_by_key()
    {
        using var package = TestPackage.Legacy("type: scoring\nvalidator_flags: base\n")
            .With("data/testdata.yaml", "on_reject: continue\ngrader_flags: ignore_sample\n")
            .With("data/secret/testdata.yaml", "accept_score: 5\noutput_validator_flags: outer 'a b'\ninput_validator_flags: {check: -n 5, other: x}\ngrader_flags: min\n")
            .With("data/secret/g/testdata.yaml", "range: 0 5\n").With("data/secret/g/1.in", "").With("data/secret/g/1.ans", "");

        var problem = package.Read();
        var root = (GroupGrading.Legacy)problem.Data.Grading;
        var secret = problem.Data.Groups.Single(g => g.Name == "secret");
        var group = (GroupGrading.Legacy)secret.Groups.Single().Grading;
        var testcase = problem.Testcases.Last();

        Assert.Equal(["ignore_sample"], root.GraderFlags);
        Assert.Empty(((GroupGrading.Legacy)problem.Data.Groups[0].Grading).GraderFlags);
        Assert.Equal((false, 5, new ScoreRange(0, 5)), (group.BreakOnReject, group.AcceptScore, group.Range));
        Assert.Equal(["min"], group.GraderFlags);
        Assert.Equal(["base", "outer", "a b"], testcase.OutputValidatorFlags);
        Assert.Equal(["-n", "5"], testcase.InputValidatorFlags.For("check"));
        Assert.Empty(testcase.InputValidatorFlags.For("unnamed"));
    }

    [Fact]
    public void Cases_are_judged_sample_first_then_by_path()
    {
        using var package = TestPackage.Legacy().Without("data/secret");
        foreach (var name in new[] { "b/2", "a", "b/10", "c", "B" })
            package.With($"data/secret/{name}.in", "").With($"data/secret/{name}.ans", "");

        Assert.Equal(["sample/1", "secret/B", "secret/a", "secret/b/10", "secret/b/2", "secret/c"], package.Read().Testcases.Select(t => t.Name));
    }

    [Fact]
    public void A_2025_09_case_takes_its_configuration_over_that_of_its_group()
    {
        using var package = TestPackage.Modern("constants: {eps: 1e-6}\n")
            .With("data/secret/test_group.yaml", "output_validator_args: [float_tolerance, '{{eps}}']\nargs: [x]\nfull_feedback: true\n")
            .With("data/secret/1.yaml", "args: ['1', two]\nhint: Think.\ninput_validator_args: {check: [a]}\n").With("data/secret/1.files/extra.txt", "x")
            .With("data/secret/sub/2.in", "").With("data/secret/sub/2.ans", "");

        var problem = package.Read();
        var own = problem.Testcases.Single(t => t.Name == "secret/1");
        var group = problem.Testcases.Single(t => t.Name == "secret/sub/2");

        Assert.Equal(["1", "two"], own.Arguments);
        Assert.Equal(["x"], group.Arguments);
        Assert.Equal(["float_tolerance", "1e-6"], own.OutputValidatorFlags);
        Assert.Equal(["a"], own.InputValidatorFlags.For("check"));
        Assert.Equal(("Think.", true), (own.Hint, own.FullFeedback));
        Assert.True(File.Exists(Path.Combine(own.FilesFolder!, "extra.txt")));
        Assert.True(problem.Testcases.First().FullFeedback);
    }

    [Fact]
    public void Drafts_take_either_kind_of_group_configuration()
    {
        const string yaml = "problem_format_version: 2023-07-draft\nname: Hello\ntype: scoring\n";
        using var old = TestPackage.Modern().With("problem.yaml", yaml).With("data/secret/testdata.yaml", "accept_score: 7\n");
        using var modern = TestPackage.Modern().With("problem.yaml", yaml).With("data/secret/test_group.yaml", "max_score: 70\n");

        Assert.Equal(7, Assert.IsType<GroupGrading.Legacy>(old.Read().Data.Groups[1].Grading).AcceptScore);
        Assert.Equal(70, Assert.IsType<GroupGrading.Points>(modern.Read().Data.Groups[1].Grading).MaximumScore);
    }

    [Fact]
    public void A_sample_interaction_may_stand_alone()
    {
        const string yaml = "problem_format_version: 2023-07-draft\nname: Hello\ntype: interactive\n";
        using var draft = TestPackage.Modern().With("problem.yaml", yaml).With("output_validator/v.py", "").With("data/sample/2.interaction", "<1\n>2\n");
        using var final = TestPackage.Modern("type: interactive\n").With("output_validator/v.py", "").With("data/sample/2.interaction", "<1\n>2\n");

        Assert.EndsWith("2.interaction", Assert.Single(draft.Read().SampleInteractions), StringComparison.Ordinal);
        Assert.Single(final.Read().SampleInteractions);
        Assert.Contains(final.Read().Warnings, w => w.File == "data/sample/2.interaction");
    }

    [Fact]
    public void Where_a_problem_comes_from_may_be_left_open()
    {
        using var empty = TestPackage.Modern("source:\n  name:\n  url:\n");
        using var old = TestPackage.Modern("source: Spring cup\nsource_url: https://cup.example\n");

        Assert.Empty(empty.Read().Metadata.Sources);
        Assert.Equal("https://cup.example", Assert.Single(old.Read().Metadata.Sources).Url);
    }

    [Fact]
    public void An_early_drafts_scores_are_not_ignored()
    {
        using var package = TestPackage.Modern().With("problem.yaml", "problem_format_version: 2023-07-draft\nname: Hello\ntype: scoring\n")
            .With("data/secret/testdata.yaml", "scoring:\n  score: 70\n  aggregation: min\n");

        Assert.Contains(package.Refusal(), i => i.StartsWith("data/secret/testdata.yaml:1: A 'scoring' map", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("validation: custom interactive\n", ProblemType.PassFail | ProblemType.Interactive)]
    [InlineData("validation: custom multi-pass\nlimits: {validation_passes: 5}\n", ProblemType.PassFail | ProblemType.MultiPass)]
    [InlineData("type: scoring\nvalidation: custom interactive score\n", ProblemType.Scoring | ProblemType.Interactive)]
    [InlineData("type: pass-fail interactive multi-pass\n", ProblemType.PassFail | ProblemType.Interactive | ProblemType.MultiPass)]
    public void Legacy_validation_says_what_kind_of_problem_it_is(string yaml, ProblemType type)
    {
        using var package = TestPackage.Legacy(yaml).With("output_validators/v.py", "");

        Assert.Equal(type, package.Read().Type);
    }

    [Fact]
    public void Validators_are_files_or_folders()
    {
        using var package = TestPackage.Legacy("validation: custom\n").With("output_validators/a.py", "").With("output_validators/b/main.cpp", "").With("output_validators/b/lib.h", "").With("output_validators/README.md", "")
            .With("input_validators/limits.ctd", "EOF\n");
        using var modern = TestPackage.Modern().With("output_validator/validate.py", "").With("output_validator/helper.py", "");
        using var nested = TestPackage.Modern().With("output_validator/mine/validate.cpp", "");

        var problem = package.Read();

        Assert.Equal(["a", "b"], problem.OutputValidators.Select(v => v.Name));
        Assert.Equal(["check", "limits"], problem.InputValidators.Select(v => v.Name));
        Assert.Equal(2, modern.Read().OutputValidators.Single().Files.Count);
        Assert.Equal("mine", nested.Read().OutputValidators.Single().Name);
    }

    [Fact]
    public void The_cases_that_test_validators_are_listed()
    {
        using var package = TestPackage.Modern().With("data/invalid_input/bad.in", "x").With("data/invalid_output/a.in", "").With("data/invalid_output/a.ans", "").With("data/invalid_output/a.out", "")
            .With("data/valid_output/g/b.in", "").With("data/valid_output/g/b.ans", "").With("data/valid_output/g/b.out", "").With("data/valid_output/test_group.yaml", "output_validator_args: [x]\n");

        var cases = package.Read().ValidatorCases;

        Assert.Equal([(ValidatorCaseKind.InvalidInput, "invalid_input/bad"), (ValidatorCaseKind.InvalidOutput, "invalid_output/a"), (ValidatorCaseKind.ValidOutput, "valid_output/g/b")], cases.Select(c => (c.Kind, c.Name)));
        Assert.Equal(["x"], cases[2].OutputValidatorFlags);
    }

    [Fact]
    public void Constants_are_replaced_where_they_are_known()
    {
        using var package = TestPackage.Modern("constants:\n  n: 5\n  name: {value: Ada, short: A}\n");

        var constants = package.Read().Constants;

        Assert.Equal("5 Ada A {{other}} {{ n }}", constants.Substitute("{{n}} {{name}} {{name.short}} {{other}} {{ n }}"));
        Assert.Equal([0xFF, (byte)'5'], constants.Substitute(new byte[] { 0xFF, (byte)'{', (byte)'{', (byte)'n', (byte)'}', (byte)'}' }).ToArray());
    }

    [Fact]
    public void Metadata_is_kept()
    {
        using var package = TestPackage.Modern("credits:\n  authors: [Ada <ada@example.com>, {name: Grace, email: grace@example.com, orcid: 0}]\n  translators: {sv: Astrid}\nsource: [{name: Contest, url: 'https://example.com'}, Other]\nlicense: cc by-sa\nkeywords: [a, b]\nembargo_until: 2030-01-02\nlanguages: [python3, cpp]\n");

        var problem = package.Read();

        Assert.Equal(["Ada <ada@example.com>", "Grace <grace@example.com>"], problem.Metadata.Credits["authors"]);
        Assert.Equal([new("Contest", "https://example.com"), new("Other", null)], problem.Metadata.Sources);
        Assert.Equal("Ada <ada@example.com>, Grace <grace@example.com>", problem.Metadata.RightsOwner);
        Assert.Equal(new DateTimeOffset(2030, 1, 2, 0, 0, 0, TimeSpan.Zero), problem.Metadata.EmbargoUntil);
        Assert.Equal(["python3", "cpp"], problem.Languages);
    }

    [Theory]
    [InlineData("a b  c", "a|b|c")]
    [InlineData("'a b' \"c d\" e\\ f", "a b|c d|e f")]
    [InlineData("\"a\\\"b\\n\" ''", "a\"b\\n|")]
    [InlineData("float_tolerance 1e-6", "float_tolerance|1e-6")]
    [InlineData("  ", "")]
    public void Argument_lines_split_as_in_a_shell(string line, string arguments) =>
        Assert.Equal(arguments, string.Join('|', Configuration.ArgumentLine.Split(line)!));

    [Theory]
    [InlineData("accepted", "accepted/a.py", true)]
    [InlineData("accepted/*", "accepted/dir/a.py", true)]
    [InlineData("*.py", "accepted/a.py", false)]
    [InlineData("*/{a,b}.{py,cpp}", "accepted/b.cpp", true)]
    [InlineData("*/a.p", "accepted/a.py", false)]
    [InlineData("acc.pted/*", "accepted/a.py", false)]
    public void Patterns_match_within_a_segment(string pattern, string path, bool matches) => Assert.Equal(matches, Glob.Parse(pattern)!.Matches(path));

    [Fact]
    public void Patterns_from_strangers_match_in_linear_time() =>
        Assert.False(Glob.Parse(string.Concat(Enumerable.Repeat("*a", 200)))!.Matches(new string('a', 5_000) + "b/"));
}
