using Gavel.Core.Judgings;
using Gavel.Core.Problems;

namespace Gavel.Packages.Tests;

public sealed class SubmissionsTests
{
    private const string Program = "print(input())\n";

    [Theory]
    [InlineData("accepted", "AC", "AC")]
    [InlineData("wrong_answer", "AC WA OLE", "WA OLE")]
    [InlineData("time_limit_exceeded", "AC WA TLE OLE", "TLE")]
    [InlineData("run_time_error", "", "MLE RTE OLE SV")]
    public void Folders_of_a_legacy_package_mean_what_the_format_says(string folder, string permitted, string required)
    {
        using var package = TestPackage.Legacy().With($"submissions/{folder}/x.py", Program);

        AssertSets(permitted, required, package.Read().Submissions.Single(s => s.Name == $"{folder}/x.py"));
    }

    [Theory]
    [InlineData("accepted", "AC", "AC", TimeLimitBound.Lower)]
    [InlineData("wrong_answer", "AC WA OLE", "WA OLE", TimeLimitBound.Lower)]
    [InlineData("time_limit_exceeded", "AC TLE", "TLE", TimeLimitBound.Upper)]
    [InlineData("run_time_error", "AC MLE RTE OLE SV", "MLE RTE OLE SV", TimeLimitBound.Lower)]
    [InlineData("rejected", "", "WA TLE MLE RTE OLE CE SV", TimeLimitBound.None)]
    [InlineData("brute_force", "AC TLE MLE RTE OLE SV", "TLE MLE RTE OLE SV", TimeLimitBound.None)]
    public void Folders_of_a_2025_09_package_mean_what_the_format_says(string folder, string permitted, string required, TimeLimitBound bound)
    {
        using var package = TestPackage.Modern().With($"submissions/{folder}/x.py", Program);

        var submission = package.Read().Submissions.Single(s => s.Name == $"{folder}/x.py");

        AssertSets(permitted, required, submission);
        Assert.Equal(bound, submission.TimeLimitBound);
    }

    [Fact]
    public void A_folder_is_one_submission_whose_entry_file_comes_first()
    {
        using var package = TestPackage.Modern().With("submissions/accepted/multi/helper.py", "").With("submissions/accepted/multi/main.py", "").With("submissions/accepted/README.md", "hi").With("submissions/README.md", "hi");

        var submission = package.Read().Submissions.Single(s => s.Name == "accepted/multi");

        Assert.Equal(["main.py", "helper.py"], submission.Files.Select(Path.GetFileName));
    }

    [Fact]
    public void Submissions_yaml_describes_replaces_and_adds()
    {
        using var package = TestPackage.Modern().With("submissions/time_limit_exceeded/slow.py", Program).With("submissions/time_limit_exceeded/wrong.cpp", "").With("submissions/mixed/a.py", Program)
            .With("submissions/submissions.yaml", """
                time_limit_exceeded:
                  permitted: [AC, WA, TLE]
                time_limit_exceeded/*.{cpp,cc}:
                  required: [WA]
                  message: too low
                  secret/*:
                    permitted: [WA, TLE]
                accepted/a.py:
                  language: python3
                  entrypoint: a.py
                  model_solution: true
                  authors: Ada <ada@example.com>
                mixed/*:
                  use_for_time_limit: lower
                  sample: {permitted: [AC]}
                """);

        var problem = package.Read();
        var slow = problem.Submissions.Single(s => s.Name == "time_limit_exceeded/slow.py");
        var wrong = problem.Submissions.Single(s => s.Name == "time_limit_exceeded/wrong.cpp");
        var mixed = problem.Submissions.Single(s => s.Name == "mixed/a.py");
        var model = problem.Submissions.Single(s => s.Name == "accepted/a.py");

        AssertSets("AC WA TLE OLE", "TLE", slow);
        Assert.Empty(slow.Rules);
        AssertSets("AC WA TLE OLE", "TLE", wrong);
        Assert.Equal(["", "secret/*"], wrong.Rules.Select(r => r.Cases?.Pattern ?? ""));
        Assert.Equal("too low", wrong.Rules[0].Message);
        Assert.Equal(TimeLimitBound.Lower, mixed.Rules[0].TimeLimitBound);
        Assert.Equal(("python3", "a.py", true), (model.Language, model.EntryPoint, model.ModelSolution));
        Assert.Equal(["Ada <ada@example.com>"], model.Authors);
    }

    [Theory]
    [InlineData("accepted/**: {permitted: [AC]}", 1, "pattern")]
    [InlineData("accepted/[ab].py: {permitted: [AC]}", 1, "pattern")]
    [InlineData("accepted:\n  permitted: [OK]", 2, "'OK'")]
    [InlineData("accepted:\n  permited: [AC]", 2, "permited")]
    [InlineData("accepted:\n  permitted: [AC]\n  required: [WA]", 3, "both permitted and required")]
    [InlineData("accepted:\n  score: 5", 2, "scoring")]
    [InlineData("accepted: [AC]", 1, "map")]
    public void Mistakes_in_submissions_yaml_are_named_with_their_line(string yaml, int line, string message)
    {
        using var package = TestPackage.Modern().With("submissions/submissions.yaml", yaml + "\n");

        Assert.Contains(package.Refusal(), i => i.StartsWith($"submissions/submissions.yaml:{line}: ", StringComparison.Ordinal) && i.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Tags_in_the_source_say_what_other_folders_do_not()
    {
        using var package = TestPackage.Legacy("type: scoring\n").With("submissions/mixed/a.py", "# @EXPECTED_RESULTS@: WRONG-ANSWER, TIMELIMIT\n").With("submissions/accepted/b.py", "# @EXPECTED_RESULTS@: WRONG-ANSWER\n")
            .With("submissions/partially_accepted/c.cpp", "/* @EXPECTED_SCORE@: 42.5 */\n/* @EXPECTED_GRADES@ AC WA */\n").With("submissions/mixed/d.py", "# @EXPECTED_RESULTS@: CHECK-MANUALLY\n");

        var submissions = package.Read().Submissions.ToDictionary(s => s.Name);

        Assert.Equal("WA TLE OLE", Names(submissions["mixed/a.py"].Verdicts!));
        Assert.Null(submissions["accepted/b.py"].Verdicts);
        Assert.Null(submissions["mixed/d.py"].Verdicts);
        Assert.Equal(new ScoreRange(42.5, 42.5), submissions["partially_accepted/c.cpp"].Rules.Single().Score);
        Assert.Equal(["AC", "WA OLE"], submissions["partially_accepted/c.cpp"].GroupVerdicts!.Select(Names));
    }

    [Fact]
    public void Domjudges_list_of_entry_points_is_honoured()
    {
        using var package = TestPackage.Legacy().With("submissions/accepted/multi/a.py", "").With("submissions/accepted/multi/b.py", "").With("submissions.json", """{"submissions/accepted/multi/": {"entry_point": "b.py", "langid": "py3"}}""");

        var submission = package.Read().Submissions.Single(s => s.Name == "accepted/multi");

        Assert.Equal(("b.py", "py3"), (submission.EntryPoint, submission.Language));
    }

    [Fact]
    public void Contradictory_or_unknown_tags_are_refused()
    {
        using var twice = TestPackage.Legacy().With("submissions/mixed/a.py", "# @EXPECTED_RESULTS@: CORRECT\n# @EXPECTED_RESULTS@: CORRECT\n");
        using var unknown = TestPackage.Legacy().With("submissions/mixed/a.py", "\n# @EXPECTED_RESULTS@: WRONGISH\n");

        Assert.Contains(twice.Refusal(), i => i.StartsWith("submissions/mixed/a.py:2: ", StringComparison.Ordinal));
        Assert.Contains(unknown.Refusal(), i => i.StartsWith("submissions/mixed/a.py:2: ", StringComparison.Ordinal));
    }

    private static void AssertSets(string permitted, string required, PackageSubmission submission)
    {
        Assert.Equal(permitted, Names(submission.Permitted));
        Assert.Equal(required, Names(submission.Required));
    }

    private static string Names(IEnumerable<Verdict> verdicts) => string.Join(' ', verdicts.Order().Select(v => v.ShortName()));
}
