using Gavel.Core.Judgings;

namespace Gavel.Judging.Tests.Running;

/// <summary>Points, groups, graders, static validators and handed-in answers, in the real sandbox.</summary>
public sealed class ScoredJudging(JudgeFixture fixture)
{
    private const string Echo = "print(input())";

    // Right for numbers below 100 only.
    private const string EchoSmall = "n = int(input())\nprint(n if n < 100 else 0)";

    private static readonly (string, string)[] Groups =
    [
        ("data/secret/g1/test_group.yaml", "max_score: 30\nscore_aggregation: pass-fail\n"),
        ("data/secret/g1/1.in", "1\n"), ("data/secret/g1/1.ans", "1\n"), ("data/secret/g1/2.in", "2\n"), ("data/secret/g1/2.ans", "2\n"),
        ("data/secret/g2/test_group.yaml", "max_score: 70\nscore_aggregation: pass-fail\nrequire_pass: [secret/g1]\n"),
        ("data/secret/g2/1.in", "1000\n"), ("data/secret/g2/1.ans", "1000\n"), ("data/secret/g2/2.in", "5\n"), ("data/secret/g2/2.ans", "5\n"),
        ("submissions/accepted/a.py", Echo),
    ];

    [Theory]
    [InlineData(Echo, Verdict.Accepted, 100)]
    [InlineData(EchoSmall, Verdict.WrongAnswer, 30)]
    [InlineData("print(0)", Verdict.WrongAnswer, 0)]
    public async Task Groups_give_points_and_may_require_others(string source, Verdict verdict, double score)
    {
        using var package = ProblemOnDisk.Modern("type: scoring\nlimits:\n  time_limit: 2.0\n", [.. Groups]);

        var result = await fixture.JudgeAsync(package.Problem, "python3", source);

        Assert.Equal((verdict, score), (result.Verdict, result.Score));
        Assert.Equal(100, result.Groups.Single(g => g.Name == "secret").MaximumScore);
        if (score == 0)
            Assert.All(result.Testcases.Where(t => t.Testcase.StartsWith("secret/g2", StringComparison.Ordinal)), t => Assert.Equal(Verdict.Skipped, t.Verdict));
    }

    [Theory]
    [InlineData(Echo, Verdict.Accepted, 7)]
    [InlineData(EchoSmall, Verdict.Accepted, 1)]
    public async Task A_custom_grader_decides_in_a_cell(string source, Verdict verdict, double score)
    {
        const string grader = "import sys\nn = sum(line.split()[0] == 'AC' for line in sys.stdin)\nprint('AC', 7 if n == 2 else n)\n";
        using var package = ProblemOnDisk.Legacy(
            "type: scoring\n",
            ("graders/grade.py", grader),
            ("data/secret/testdata.yaml", "on_reject: continue\ngrading: custom\nrange: 0 7\n"),
            ("data/testdata.yaml", "on_reject: continue\ngrader_flags: ignore_sample\n"),
            ("data/secret/1.in", "5\n"), ("data/secret/1.ans", "5\n"), ("data/secret/2.in", "500\n"), ("data/secret/2.ans", "500\n"),
            (".timelimit", "2"),
            ("submissions/accepted/a.py", Echo));

        var result = await fixture.JudgeAsync(package.Problem, "python3", source);

        Assert.True((verdict, score) == (result.Verdict, result.Score), $"{result.Verdict} {result.Score} {result.JudgeErrorReason}");
    }

    [Fact]
    public async Task A_static_validator_sees_the_source_before_anything_runs()
    {
        const string validator = """
            import os, sys
            language, entry, feedback = sys.argv[1:4]
            assert language == "python3" and entry == "main.py" and os.path.exists(entry)
            if "sum" in open(entry).read():
                open(feedback + "teammessage.txt", "w").write("sum is forbidden")
                sys.exit(43)
            sys.exit(42)
            """;
        using var package = ProblemOnDisk.Modern(
            "type: pass-fail\nlimits:\n  time_limit: 2.0\n",
            ("static_validator/validate.py", validator),
            ("data/secret/test_group.yaml", "static_validation_score: pass-fail\n"),
            ("data/secret/1.in", "5\n"), ("data/secret/1.ans", "5\n"),
            ("submissions/accepted/a.py", Echo));

        var good = await fixture.JudgeAsync(package.Problem, "python3", Echo);
        var bad = await fixture.JudgeAsync(package.Problem, "python3", "print(sum([int(input())]))");

        Assert.True(good.Verdict == Verdict.Accepted, $"{good.Verdict} {good.JudgeErrorReason}");
        Assert.Equal(Verdict.WrongAnswer, bad.Verdict);
        Assert.Contains("sum is forbidden", bad.CompilerOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_are_handed_in_as_files()
    {
        using var package = ProblemOnDisk.Modern(
            "type: submit-answer\n",
            ("data/sample/1.ans", "1\n"), ("data/secret/01.in", "5\n"), ("data/secret/01.ans", "five\n"), ("data/secret/02.in", "6\n"), ("data/secret/02.ans", "six\n"),
            ("submissions/accepted/a/sample/1.out", "1\n"), ("submissions/accepted/a/01.out", "five\n"), ("submissions/accepted/a/02.out", "six\n"));

        var all = await HandInAsync(package, ("1.out", "1"), ("01.out", "FIVE"), ("secret/02.out", "six"));
        var wrong = await HandInAsync(package, ("1.out", "1"), ("01.out", "five"), ("02.out", "five"));
        var missing = await HandInAsync(package, ("1.out", "1"), ("01.out", "five"));

        Assert.True(all.Verdict == Verdict.Accepted, $"{all.Verdict} {string.Join("; ", all.Testcases)}");
        Assert.Equal(Verdict.WrongAnswer, wrong.Verdict);
        Assert.Equal(Verdict.WrongAnswer, missing.Verdict);
    }

    [Fact]
    public async Task A_package_without_a_time_limit_gets_one_from_its_accepted_submissions()
    {
        const string slow = "import time\nend = time.process_time() + 0.35\nwhile time.process_time() < end: pass\nprint(input())";
        using var package = ProblemOnDisk.Legacy("", ("data/secret/1.in", "5\n"), ("data/secret/1.ans", "5\n"), ("submissions/accepted/slow.py", slow), ("submissions/accepted/fast.py", Echo));

        var limit = await fixture.Judge.TimeLimitAsync(package.Problem, "", TestContext.Current.CancellationToken);
        var endless = await fixture.JudgeAsync(package.Problem, "python3", "while True: pass");

        Assert.InRange(limit, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)); // 0.35 s x 5, whole seconds, and whatever a busy host adds
        Assert.Equal(0, limit.Ticks % TimeSpan.TicksPerSecond);
        Assert.Equal(Verdict.TimeLimitExceeded, endless.Verdict);
    }

    private async Task<JudgingResult> HandInAsync(ProblemOnDisk package, params (string Name, string Content)[] files) => await fixture.Judge.JudgeAsync(
        new() { Problem = package.Problem, Language = await fixture.LanguageAsync("python3"), Files = [.. files.Select(f => JudgeFixture.File(f.Name, f.Content))] },
        null,
        TestContext.Current.CancellationToken);
}
