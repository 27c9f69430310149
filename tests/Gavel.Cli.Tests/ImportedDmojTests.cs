namespace Gavel.Cli.Tests;

/// <summary>DMOJ problems with Python judges, and with testcases that differ from each other, in the real sandbox.</summary>
[Collection("cells")]
public sealed class ImportedDmojTests : ImportedProblem
{
    private const string Guess = """
        from dmoj.graders.interactive import InteractiveGrader
        from dmoj.result import CheckerResult


        class Grader(InteractiveGrader):
            def interact(self, case, interactor):
                secret = int(case.input_data())
                print("this is not for the submission")
                for asked in range(1, 12):
                    guess = interactor.readint(1, 1000)
                    if guess == secret:
                        interactor.writeln("OK")
                        return True if asked <= 10 else CheckerResult(True, case.points / 2, "many")
                    interactor.writeln("HIGH" if guess > secret else "LOW")
                return CheckerResult(False, 0, "too many")
        """;

    private const string Bisect = """
        import sys
        low, high = 1, 1000
        while True:
            middle = (low + high) // 2
            print(middle, flush=True)
            said = input()
            if said == "OK":
                break
            low, high = (middle + 1, high) if said == "LOW" else (low, middle - 1)
        """;

    [Fact]
    public async Task A_custom_judge_talks_with_the_submission()
    {
        Write("init.yml", "custom_judge: judge.py\nunbuffered: true\ntest_cases:\n- {in: 1.in, points: 30}\n- {points: 70, batched: [{in: 2.in}, {in: 3.in}]}\n");
        Write("judge.py", Guess);
        foreach (var (i, secret) in new[] { (1, 500), (2, 1), (3, 777) })
            Write($"{i}.in", $"{secret}\n");

        await AssertScoresAsync(
            ("bisect.py", Bisect, 100),
            ("first.py", "print(500, flush=True)\nprint(input())", 30),
            ("word.py", "print('x', flush=True)\ninput()", 0),
            ("range.py", "print(5000, flush=True)\ninput()", 0),
            ("silent.py", "pass", 0),
            ("waste.py", Bisect.Replace("low, high = 1, 1000", "low, high = 1, 1000\nfor _ in range(2):\n    print(1000, flush=True)\n    input()", StringComparison.Ordinal), 30 + 35));
    }

    [Fact]
    public async Task Who_fails_beside_a_custom_judge_gets_the_verdict_of_its_own_failure()
    {
        Write("init.yml", "custom_judge: judge.py\ntest_cases:\n- {in: 1.in, points: 10}\n");
        Write("judge.py", Guess);
        Write("1.in", "5\n");

        await AssertVerdictsAsync(
            ("good.py", Bisect, "AC"),
            ("crash.py", "print(1, flush=True)\ninput()\nraise SystemExit(3)", "RTE"),
            ("spin.py", "print(1, flush=True)\ninput()\nwhile True: pass", "TLE"),
            ("flood.py", "while True: print(7)", "WA"));
    }

    [Fact]
    public async Task A_custom_judge_that_breaks_is_the_packages_fault()
    {
        Write("init.yml", "custom_judge: judge.py\ntest_cases:\n- {in: 1.in, points: 10}\n");
        Write("judge.py", "from dmoj.graders.standard import StandardGrader\nclass Grader(StandardGrader):\n    def grade(self, case):\n        return self.judge.secrets\n");
        Write("1.in", "5\n");

        var (submissions, report) = await JudgeAsync([("any.py", "print(1)")]);

        Assert.Equal("JE", submissions[0].GetProperty("verdict").GetString());
        Assert.Contains("no part of DMOJ's judge", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_standard_grader_checks_with_the_problems_checker_and_has_the_last_word()
    {
        Write("init.yml", "custom_judge: judge.py\nchecker: {name: floats, args: {precision: 2}}\ntest_cases:\n- {in: 1.in, out: 1.out, points: 40}\n- {in: 2.in, out: 2.out, points: 60}\n");
        Write("judge.py", """
            from dmoj.graders.standard import StandardGrader
            from dmoj.result import Result


            class Grader(StandardGrader):
                def grade(self, case):
                    result = super().grade(case)
                    if result.result_flag == Result.AC and b"!" in result.proc_output:
                        result.result_flag |= Result.WA
                        result.points = 0
                        result.feedback = "no shouting"
                    return result
            """);
        foreach (var i in Enumerable.Range(1, 2))
        {
            Write($"{i}.in", string.Concat(Enumerable.Repeat($"{i}\n", 100_000)));
            Write($"{i}.out", $"{i}.5\n");
        }

        await AssertScoresAsync(("near.py", "print(float(input()) + 0.501)", 100), ("two.py", "print(2.5)", 60), ("far.py", "print(9)", 0), ("slow.py", "while True: pass", 0));
    }

    [Fact]
    public async Task Testcases_have_checkers_of_their_own()
    {
        Write("init.yml", """
            checker: standard
            test_cases:
            - {in: 1.in, out: 1.out, points: 10}
            - {in: 1.in, out: 1.out, points: 20, checker: {name: floats, args: {precision: 1}}}
            - points: 30
              checker: near.py
              batched: [{in: 1.in, out: 1.out}, {in: 1.in, out: 1.out, checker: {name: bridged, args: {files: any.cpp, type: coci}}}]
            """);
        Write("1.in", "1.0\n");
        Write("1.out", "1.0\n");
        Write("near.py", "from dmoj.result import CheckerResult\nfrom dmoj.utils.unicode import utf8text\ndef check(given, expected, point_value, **_):\n    assert point_value == 30\n    return CheckerResult(True, 30 if given == expected else 15 if utf8text(given).startswith('1') else 0)\n");
        Write("any.cpp", """
            #include <cstdio>
            int main(int argc, char **argv) {
                double a, b;
                if (fscanf(fopen(argv[2], "r"), "%lf", &a) != 1 || fscanf(fopen(argv[3], "r"), "%lf", &b) != 1) return 1;
                if (a == b) return 0;
                fprintf(stderr, "partial 3/4\n");
                return 7;
            }
            """);

        await AssertScoresAsync(("echo.py", "print(input())", 60), ("near.py", "print(1.01)", 20 + 15), ("word.py", "print('x')", 0));
    }

    [Fact]
    public async Task Submissions_find_the_files_that_symlinks_name()
    {
        Write("init.yml", "symlinks: {words: long.txt}\ntest_cases:\n- {in: 1.in, out: 1.out, points: 40}\n- {in: 1.in, out: 2.out, points: 60, symlinks: {words: short.txt}}\n");
        Write("1.in", "1\n");
        Write("1.out", "first\n");
        Write("2.out", "second\n");
        Write("long.txt", "zero\nfirst\n");
        Write("short.txt", "zero\nsecond\n");

        await AssertScoresAsync(("reads.py", "print(open('words').read().split()[int(input())])", 100), ("first.py", "print('first')", 40), ("other.py", "print(open('long.txt').read())", 0));
    }

    [Fact]
    public async Task Nothing_counts_after_a_failed_pretest_or_testcase_without_points()
    {
        Write("init.yml", """
            pretest_test_cases:
            - {in: 1.in, out: 1.out, points: 50}
            test_cases:
            - {in: 2.in, out: 2.out, points: 10}
            - {in: 3.in, out: 3.out, points: 0}
            - {in: 4.in, out: 4.out, points: 10}
            - {in: 1.in, out: 1.out, points: 20}
            """);
        foreach (var i in Enumerable.Range(1, 4))
        {
            Write($"{i}.in", $"{i}\n");
            Write($"{i}.out", $"{i}\n");
        }

        await AssertScoresAsync(("all.py", "print(input())", 40), ("one.py", "print(input().replace('1', 'x'))", 0), ("three.py", "print(input().replace('3', 'x'))", 10), ("four.py", "print(input().replace('4', 'x'))", 30));
    }

    [Fact]
    public async Task A_batch_that_others_require_must_pass_whole_even_where_parts_count()
    {
        Write("init.yml", """
            checker: linecount
            test_cases:
            - {points: 40, batched: [{in: 1.in, out: 1.out}]}
            - {points: 60, dependencies: [1], batched: [{in: 2.in, out: 2.out}]}
            """);
        foreach (var i in Enumerable.Range(1, 2))
        {
            Write($"{i}.in", $"{i}\n{i}\n");
            Write($"{i}.out", $"{i}\n{i}\n");
        }

        await AssertScoresAsync(("all.py", "print(input())\nprint(input())", 100), ("half.py", "print(input())\nprint('x')", 20), ("second.py", "n = input()\nprint(n)\nprint(n if n == '1' else 'x')", 70));
    }

    [Fact]
    public async Task Points_of_a_testlib_checker_are_a_share_of_what_the_testcase_is_worth()
    {
        Write("init.yml", "checker: {name: bridged, args: {files: check.cpp, type: testlib}}\ntest_cases:\n- {in: 1.in, out: 1.out, points: 2.5}\n- {in: 1.in, out: 1.out, points: 7}\n");
        Write("1.in", "1\n");
        Write("1.out", "1\n");
        Write("check.cpp", """
            #include <cstdio>
            int main(int argc, char **argv) {
                int n = 0;
                if (fscanf(fopen(argv[2], "r"), "%d", &n) != 1) return 1;
                if (n == 1) return 0;
                fprintf(stderr, "points %d\n", n);
                return 7;
            }
            """);

        // Points are whole in the format, so all are multiplied by 100.
        await AssertScoresAsync(("one.py", "print(1)", 950), ("two.py", "print(2)", 400), ("word.py", "print('x')", 0));
    }
}
