using Gavel.Core.Checking;
using Gavel.Core.Problems;
using Gavel.Testing;

namespace Gavel.Packages.Tests;

/// <summary><c>gavel.yaml</c>: what a package says that its format has no word for.</summary>
public sealed class GavelYamlTests
{
    [Theory]
    [InlineData("checker: wcmp\n", "wcmp")]
    [InlineData("checker: floats 1e-9\n", "floats 1e-9")]
    [InlineData("checker: [dmoj-linematches, '1', '2']\n", "dmoj-linematches 1 2")]
    public void Names_a_checker_for_packages_of_either_format(string yaml, string checker)
    {
        using var modern = TestPackage.Modern().With("gavel.yaml", yaml);
        using var legacy = TestPackage.Legacy().With("gavel.yaml", yaml);

        Assert.Equal(checker, modern.Read().Checker?.ToString());
        Assert.Equal(checker, legacy.Read().Checker?.ToString());
    }

    [Fact]
    public void Names_the_files_of_submissions_and_the_groups_in_which_the_best_counts()
    {
        using var package = TestPackage.Modern("type: scoring\n").With("gavel.yaml", "input_file: sum.in\noutput_file: sum.out\nscore_aggregation: {secret: max}\n");

        var problem = package.Read();

        Assert.Equal(("sum.in", "sum.out"), (problem.InputFileName, problem.OutputFileName));
        Assert.Equal(new GroupGrading.Points(ScoreAggregation.Maximum, 100), problem.Data.Groups.Single(g => g.Name == "secret").Grading);
    }

    [Theory]
    [InlineData("gavel.yaml", "scoring: domjudge\n", true)]
    [InlineData("gavel.yaml", "scoring: kattis\n", false)]
    [InlineData("domjudge-problem.ini", "timelimit = 2\n", true)]
    [InlineData("attachments/x.txt", "", false)]
    public void Legacy_groups_are_scored_as_domjudge_does_on_request_or_in_its_own_packages(string file, string content, bool domjudge)
    {
        using var package = TestPackage.Legacy("type: scoring\n").With("data/testdata.yaml", "accept_score: 5\ngrader_flags: max\n").With("data/secret/testdata.yaml", "on_reject: continue\n").With(file, content);

        var problem = package.Read();

        var secret = (GroupGrading.Legacy)problem.Data.Groups.Single(g => g.Name == "secret").Grading;
        Assert.Equal(domjudge ? new(true, null) : null, secret.Domjudge);
        Assert.Equal(domjudge ? [] : ["max"], secret.GraderFlags);
        Assert.Equal(domjudge ? 0 : 5, secret.AcceptScore);
        Assert.Equal(domjudge ? new(true, 5) : null, ((GroupGrading.Legacy)problem.Data.Grading).Domjudge);
        Assert.Equal(domjudge ? new(false, null) : null, ((GroupGrading.Legacy)problem.Data.Groups.Single(g => g.Name == "sample").Grading).Domjudge);
    }

    [Theory]
    [InlineData("interactive")]
    [InlineData("submit-answer")]
    public void Files_of_submissions_do_not_go_with_other_ways_to_hand_in(string type)
    {
        using var package = TestPackage.Modern($"type: {type}\n").With("output_validator/v.py", "1\n").With("gavel.yaml", "output_file: sum.out\n");

        Assert.Contains(package.Refusal(), issue => issue.StartsWith("gavel.yaml:1: ", StringComparison.Ordinal) && issue.Contains("in place of standard", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_it_the_default_validator_compares()
    {
        using var package = TestPackage.Modern();

        Assert.Null(package.Read().Checker);
    }

    [Theory]
    [InlineData("checker: wcpm\n", "There is no checker 'wcpm'")]
    [InlineData("checker: wcmp strictly\n", "takes no argument 'strictly'")]
    [InlineData("checker: floats\n", "needs a number")]
    [InlineData("checker: floats -1\n", "needs a number")]
    [InlineData("checker: dmoj-linematches 0\n", "must not all be 0")]
    [InlineData("checker: dmoj-floats 99999999999999999999\n", "is more than 300")]
    [InlineData("checker: []\n", "must name one")]
    [InlineData("checker: {name: wcmp}\n", "a text or a list")]
    [InlineData("cheker: wcmp\n", "Is 'checker' meant?")]
    [InlineData("input_file: ../in.txt\n", "must be the name of a file")]
    [InlineData("output_file: /dev/stdout\n", "must be the name of a file")]
    [InlineData("input_file: a.txt\noutput_file: a.txt\n", "are the same")]
    [InlineData("scoring: mine\n", "must be domjudge or kattis")]
    [InlineData("scoring: domjudge\n", "Only legacy problems of type scoring")]
    [InlineData("score_aggregation: {secret: median}\n", "may give groups 'max'")]
    [InlineData("score_aggregation: {secret: product}\n", "no group with testcases of a scoring problem")]
    [InlineData("score_aggregation: {secret: max}\n", "no group with testcases of a scoring problem")]
    public void What_makes_no_sense_refuses_the_package_with_file_and_line(string yaml, string message)
    {
        using var package = TestPackage.Modern().With("gavel.yaml", "# for Gavel\n" + yaml);

        var issue = Assert.Single(package.Refusal());

        Assert.StartsWith("gavel.yaml:2: ", issue, StringComparison.Ordinal);
        Assert.Contains(message, issue, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_validator_leaves_no_room_for_a_named_checker()
    {
        using var package = TestPackage.Modern().With("gavel.yaml", "checker: wcmp\n").With("output_validator/validate.py", "import sys\nsys.exit(42)\n");

        Assert.Contains(package.Refusal(), issue => issue.StartsWith("gavel.yaml:1: ", StringComparison.Ordinal) && issue.Contains("has an output validator", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("type: pass-fail\n", new[] { "output_validator/check.cpp", "output_validator/testlib.h" }, "check")]
    [InlineData("type: interactive\n", new[] { "output_validator/interactor.cpp", "output_validator/checker.cpp" }, "checker interactor")]
    public void Says_that_programs_are_testlibs(string type, string[] files, string programs)
    {
        using var package = TestPackage.Modern(type).With("gavel.yaml", "programs: testlib\n");
        foreach (var file in files)
            package.With(file, "");

        var problem = package.Read();

        Assert.Equal(ProgramInterface.Testlib, problem.Interface);
        Assert.Equal(programs, string.Join(' ', problem.OutputValidators.Select(p => p.Name)));
    }

    [Theory]
    [InlineData("type: multi-pass\n", "programs: testlib\n", new[] { "check.cpp" }, "another pass")]
    [InlineData("type: pass-fail\n", "programs: testlib\n", new[] { "one.cpp", "two.cpp" }, "named 'checker' and 'interactor'")]
    [InlineData("type: pass-fail\n", "programs: testlib\n", new[] { "interactor.cpp", "checker.cpp" }, "not of type interactive")]
    [InlineData("type: pass-fail\n", "programs: testlip\n", new[] { "check.cpp" }, "may be 'testlib'")]
    public void Testlib_programs_that_cannot_be_meant_refuse_the_package(string type, string yaml, string[] files, string message)
    {
        using var package = TestPackage.Modern(type).With("gavel.yaml", yaml);
        foreach (var file in files)
            package.With($"output_validator/{file}", "");

        Assert.Contains(package.Refusal(), issue => issue.StartsWith("gavel.yaml:1: ", StringComparison.Ordinal) && issue.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_name_of_the_catalogue_is_documented()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "checkers.md"));

        Assert.All(CheckerCatalogue.Names, name => Assert.Contains($"`{name}", page, StringComparison.Ordinal));
    }
}
