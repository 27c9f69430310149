namespace Gavel.Packages.Tests;

/// <summary>What is wrong with a package is said with file and line.</summary>
public sealed class MalformedPackageTests
{
    [Theory]
    [InlineData("type: pass-fail\nnmae: x\n", 2, "Is 'name' meant?")]
    [InlineData("type: scorring\n", 1, "scorring")]
    [InlineData("problem_format_version: 2019-01\n", 1, "2019-01")]
    [InlineData("limits:\n  memory: lots\n", 2, "'lots'")]
    [InlineData("limits:\n  memory: -5\n", 2, "above 0")]
    [InlineData("limits:\n  memory: .inf\n", 2, "number")]
    [InlineData("limits:\n  memory: 99999999999999\n", 2, "machine")]
    [InlineData("limits:\n  time_limt: 5\n", 2, "Is 'time_limit' meant?")]
    [InlineData("limits: 5\n", 1, "a map")]
    [InlineData("name: [a, b]\n", 1, "text")]
    [InlineData("validation: custm\n", 1, "custm")]
    [InlineData("validation: default interactive\n", 1, "custom")]
    [InlineData("validation: custom score\n", 1, "scoring")]
    [InlineData("license: gpl\n", 1, "gpl")]
    [InlineData("license: public domain\nrights_owner: me\n", 2, "rights_owner")]
    [InlineData("validator_flags: 'a \"b'\n", 1, "quote")]
    [InlineData("type: scoring\ngrading:\n  objective: most\n", 3, "most")]
    [InlineData("name: a\nname: b\n", 2, "twice")]
    [InlineData("name: a\n---\nname: b\n", 2, "second document")]
    [InlineData("name: *missing\n", 1, "missing")]
    [InlineData("name: {a: b\n", 2, "YAML")]
    [InlineData("- a\n- b\n", 1, "a list")]
    [InlineData("problem_format_version: legacy-icpc\ntype: scoring\n", 2, "legacy-icpc")]
    [InlineData("name: \"\\xff\n", 1, "YAML")]
    public void Legacy_problem_yaml(string yaml, int line, string message)
    {
        using var package = TestPackage.Legacy(yaml);

        AssertIssue(package, $"problem.yaml:{line}: ", message);
    }

    [Theory]
    [InlineData("type: [pass-fail, scoring]\n", 4, "both")]
    [InlineData("type: [interactive, submit-answer]\n", 4, "submit-answer")]
    [InlineData("type: [scoring, scoring]\n", 4, "twice")]
    [InlineData("limits:\n  validation_passes: 3\n", 5, "multi-pass")]
    [InlineData("limits:\n  time_multipliers:\n    ac_to_time_limit: 0.5\n", 6, "at least 1")]
    [InlineData("limits:\n  memory: 1.5\n", 5, "whole number")]
    [InlineData("languages: []\n", 4, "empty")]
    [InlineData("constants:\n  1st: 5\n", 5, "1st")]
    [InlineData("embargo_until: tomorrow\n", 4, "tomorrow")]
    [InlineData("credits:\n  autors: me\n", 5, "Is 'authors' meant?")]
    [InlineData("allow_file_writing: maybe\n", 4, "maybe")]
    [InlineData("author: me\n", 4, "author")]
    public void Modern_problem_yaml(string yaml, int line, string message)
    {
        using var package = TestPackage.Modern(yaml);

        AssertIssue(package, $"problem.yaml:{line}: ", message);
    }

    [Fact]
    public void Required_keys_of_2025_09()
    {
        using var package = TestPackage.Modern().With("problem.yaml", "problem_format_version: 2025-09\n");

        AssertIssue(package, "problem.yaml:1: ", "uuid");
        AssertIssue(package, "problem.yaml:1: ", "name");
    }

    [Theory]
    [InlineData("data/secret/2.in", "", "data/secret/2.in: ", "2.ans")]
    [InlineData("data/secret/2.ans", "", "data/secret/2.ans: ", "2.in")]
    [InlineData("data/secret/1/x.in", "", "data/secret/1: ", "same name")]
    [InlineData("data/secret/1.yaml", "args: 5\n", "data/secret/1.yaml:1: ", "list")]
    [InlineData("data/secret/1.yaml", "hint: x\nhnit: x\n", "data/secret/1.yaml:2: ", "hnit")]
    [InlineData("data/secret/testdata.yaml", "on_reject: break\n", "data/secret/testdata.yaml: ", "test_group.yaml")]
    [InlineData("data/secret/test_group.yaml", "max_score: 5\n", "data/secret/test_group.yaml:1: ", "scoring")]
    [InlineData("data/secret/test_group.yaml", "static_validator_args: [a]\n", "data/secret/test_group.yaml:1: ", "static_validation_score")]
    [InlineData("data/invalid_output/1.in", "", "data/invalid_output/1.in: ", ".ans")]
    [InlineData("data/sample/1.ans.statement", "", "data/sample/1.out: ", "not both", "data/sample/1.out")]
    [InlineData("output_validators/v.py", "", "output_validators: ", "output_validator")]
    [InlineData("problem_statement/problem.en.tex", "", "problem_statement: ", "statement", null, "statement")]
    [InlineData("graders/g.py", "", "graders: ", "no graders")]
    [InlineData("statement/problem.sv.md", "", "problem.yaml: ", "'sv'")]
    [InlineData("domjudge-problem.ini", "timelimit = x\n", "domjudge-problem.ini:1: ", "'x'")]
    [InlineData("domjudge-problem.ini", "\nspecial_run = x\n", "domjudge-problem.ini:2: ", "special_run")]
    [InlineData(".timelimit", "soon\n", ".timelimit:1: ", "soon")]
    public void Files_of_a_2025_09_package(string path, string content, string place, string message, string? also = null, string? without = null)
    {
        using var package = TestPackage.Modern().With(path, content);
        if (also is not null)
            package.With(also, "");
        if (without is not null)
            package.Without(without);

        AssertIssue(package, place, message);
    }

    [Theory]
    [InlineData("data/secret/testdata.yaml", "on_reject: stop\n", "data/secret/testdata.yaml:1: ", "stop")]
    [InlineData("data/secret/testdata.yaml", "grading: custom\n", "data/secret: ", "graders/")]
    [InlineData("data/secret/testdata.yaml", "range: 5 1\n", "data/secret/testdata.yaml:1: ", "range")]
    [InlineData("data/secret/testdata.yaml", "range: 5\n", "data/secret/testdata.yaml:1: ", "range")]
    [InlineData("data/secret/test_group.yaml", "", "data/secret/test_group.yaml: ", "testdata.yaml")]
    [InlineData("data/secret/1.yaml", "", "data/secret/1.yaml: ", "2025-09")]
    [InlineData("submissions/partially_accepted/a.py", "", "submissions/partially_accepted: ", "scoring")]
    public void Files_of_a_legacy_package(string path, string content, string place, string message)
    {
        using var package = TestPackage.Legacy().With(path, content);

        AssertIssue(package, place, message);
    }

    [Theory]
    [InlineData("max_score: 50\nscore_aggregation: most\n", 2, "most")]
    [InlineData("max_score: -1\n", 1, "at least 0")]
    [InlineData("score_aggregation: pass-fail\nmax_score: unbounded\n", 1, "max_score")]
    [InlineData("max_score: 50\nrequire_pass: secret/z\n", 1, "no test group")]
    [InlineData("max_score: 50\nrequire_pass: secret/g2\n", 1, "earlier")]
    [InlineData("max_score: 50\nrequire_pass: secret/g0\n", 1, "pass-fail")]
    [InlineData("score_aggregation: sum\n", 1, "max_score")]
    public void Scoring_groups(string yaml, int line, string message)
    {
        using var package = TestPackage.Modern("type: scoring\n").Without("data/secret").With("data/secret/g0/test_group.yaml", "score_aggregation: sum\nmax_score: 25\n").With("data/secret/g1/test_group.yaml", yaml).With("data/secret/g2/test_group.yaml", "max_score: 25\n");
        foreach (var group in new[] { "g0", "g1", "g2" })
            package.With($"data/secret/{group}/1.in", "").With($"data/secret/{group}/1.ans", "");

        AssertIssue(package, $"data/secret/g1/test_group.yaml:{line}: ", message);
    }

    [Theory]
    [InlineData("problem.yaml")]
    [InlineData("data")]
    [InlineData("data/secret")]
    [InlineData("submissions/accepted")]
    public void What_must_be_there(string path)
    {
        using var package = TestPackage.Legacy().With("submissions/wrong_answer/x.py", "").Without(path);

        Assert.Contains(package.Refusal(), i => i.StartsWith(path.Split('/')[0], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../outside")]
    [InlineData("missing")]
    public void Links_that_leave_the_package(string target)
    {
        using var package = TestPackage.Legacy();
        File.CreateSymbolicLink(Path.Combine(package.Folder, "data/secret/link.in"), target);

        AssertIssue(package, "data/secret/link.in: ", "link");
    }

    [Fact]
    public void A_link_that_goes_in_circles_ends()
    {
        using var package = TestPackage.Legacy();
        Directory.CreateSymbolicLink(Path.Combine(package.Folder, "data/secret/loop"), "..");

        AssertIssue(package, "data/secret/loop", "");
    }

    [Fact]
    public void Two_time_limits_that_differ()
    {
        using var package = TestPackage.Legacy("limits: {time_limit: 2}\n").With(".timelimit", "3\n");
        using var same = TestPackage.Legacy("limits: {time_limit: 2}\n").With(".timelimit", "2.0\n").With("domjudge-problem.ini", "timelimit='2'\nname = 'x'\n");

        AssertIssue(package, ".timelimit:1: ", "3 s");
        Assert.Equal(TimeSpan.FromSeconds(2), same.Read().Limits.TimeLimit);
    }

    [Fact]
    public void Nesting_without_end_and_aliases_of_aliases_are_no_danger()
    {
        using var deep = TestPackage.Legacy(new string('[', 100_000));
        using var laughs = TestPackage.Legacy("a: &a [x, x]\n" + string.Concat(Enumerable.Range('b', 20).Select(c => $"{(char)c}: &{(char)c} [*{(char)(c - 1)}, *{(char)(c - 1)}, *{(char)(c - 1)}]\n")));
        using var large = TestPackage.Legacy(new string('#', 5 << 20));
        using var binary = TestPackage.Legacy().With("problem.yaml", [0xC3, 0x28, 0xFF]);

        AssertIssue(deep, "problem.yaml:1: ", "nested");
        Assert.NotEmpty(laughs.Refusal());
        AssertIssue(large, "problem.yaml: ", "MiB");
        AssertIssue(binary, "problem.yaml: ", "UTF-8");
    }

    [Fact]
    public void Names_outside_the_alphabet_do_not_exist_but_are_mentioned()
    {
        using var package = TestPackage.Legacy().With("data/secret/a b.in", "").With("data/secret/.hidden.in", "").With("data/secret/-x.in", "");

        var problem = package.Read();

        Assert.Equal(2, problem.Testcases.Count());
        Assert.Equal(["data/secret/-x.in", "data/secret/a b.in"], problem.Warnings.Where(w => w.Message.StartsWith("Ignored", StringComparison.Ordinal)).Select(w => w.File).Order(StringComparer.Ordinal));
    }

    private static void AssertIssue(TestPackage package, string place, string message)
    {
        var issues = package.Refusal();
        Assert.True(issues.Any(i => i.StartsWith(place, StringComparison.Ordinal) && i.Contains(message, StringComparison.Ordinal)), $"Expected {place}…{message}…, got:\n{string.Join('\n', issues)}");
    }
}
