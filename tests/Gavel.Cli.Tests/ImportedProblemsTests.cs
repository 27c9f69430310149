namespace Gavel.Cli.Tests;

/// <summary>Programs of other systems, imported and then really run: what they say must become the verdict and the points their authors meant.</summary>
[Collection("cells")]
public sealed class ImportedProblemsTests : ImportedProblem
{
    [Fact]
    public async Task A_cms_manager_talks_with_submissions_through_its_stub()
    {
        Write("task.yaml", "name: guess\ntitle: Guess\ntime_limit: 2\nmemory_limit: 256\nn_input: 2\nscore_type: GroupMin\nscore_type_parameters: [[40, 1], [60, 1]]\n");
        Write("check/manager.cpp", """
            #include <cstdio>
            int main(int argc, char **argv) {
                int secret, guess;
                FILE *from = fopen(argv[1], "r"), *to = fopen(argv[2], "w");
                if (scanf("%d", &secret) != 1) return 1;
                fprintf(to, "%d\n", secret / 2); fflush(to);
                if (fscanf(from, "%d", &guess) != 1) guess = -1;
                printf("%s\n", guess == secret ? "1.0" : guess == secret - 1 ? "0.5" : "0.0");
                fprintf(stderr, "translate:success\n");
            }
            """);
        Write("sol/stub.cpp", """
            #include <cstdio>
            int guess(int hint);
            int main(int argc, char **argv) {
                FILE *in = fopen(argv[1], "r"), *out = fopen(argv[2], "w");
                int hint;
                if (fscanf(in, "%d", &hint) != 1) return 1;
                fprintf(out, "%d\n", guess(hint));
                fclose(out);
            }
            """);
        Write("sol/guess.cpp", "int guess(int hint) { return 2 * hint + 1; }\n");
        Write("sol/lower.cpp", "int guess(int hint) { return 2 * hint; }\n");
        Write("sol/wrong.cpp", "int guess(int hint) { return 0; }\n");
        foreach (var (i, secret) in Enumerable.Range(0, 2).Select(i => (i, 7 + 2 * i)))
        {
            Write($"input/input{i}.txt", $"{secret}\n");
            Write($"output/output{i}.txt", "\n");
        }

        await AssertScoresAsync(("guess", 100), ("lower", 50), ("wrong", 0));
    }

    [Fact]
    public async Task A_cms_group_multiplies_what_its_checker_gives()
    {
        Write("task.yaml", "name: mul\ntitle: Mul\ntime_limit: 1\nmemory_limit: 256\nscore_type: GroupMul\nscore_type_parameters: [[40, 2], [60, 1]]\ninfile: ''\noutfile: ''\n");
        Write("check/checker.py", "import sys\na, b = int(open(sys.argv[2]).read()), int(open(sys.argv[3]).read())\nprint(1.0 if a == b else 0.5 if b > a else 0.0)\nprint('translate:partial', file=sys.stderr)\n");
        foreach (var i in Enumerable.Range(0, 3))
        {
            Write($"input/input{i}.txt", $"{i + 1}\n");
            Write($"output/output{i}.txt", $"{i + 1}\n");
        }

        await AssertScoresAsync(("echo.py", "print(input())", 100), ("more.py", "print(int(input()) + 1)", 40), ("two.py", "print(2)", 20), ("slow.py", "while True: pass", 0), ("crash.py", "1 / 0", 0));
    }

    [Fact]
    public async Task A_cms_checker_with_thresholds_gives_whole_subtasks_only()
    {
        Write("task.yaml", "name: close\ntitle: Close\ntime_limit: 2\nmemory_limit: 256\nscore_type: GroupThreshold\nscore_type_parameters: [[30, 1, 0.5], [70, 1, 2.5]]\ninfile: ''\noutfile: ''\n");
        Write("check/checker.py", "import sys\na, b = float(open(sys.argv[2]).read()), float(open(sys.argv[3]).read())\nprint(abs(a - b))\nprint('translate:partial', file=sys.stderr)\n");
        Write("sol/close.py", "print(float(input()) + 0.25)\n");
        Write("sol/far.py", "print(float(input()) + 2)\n");
        Write("sol/exact.py", "print(input())\n");
        foreach (var i in Enumerable.Range(0, 2))
        {
            Write($"input/input{i}.txt", $"{i + 1}\n");
            Write($"output/output{i}.txt", $"{i + 1}\n");
        }

        await AssertScoresAsync(("close", 100), ("far", 70), ("exact", 0));
    }

    [Fact]
    public async Task A_dmoj_python_checker_gives_parts_of_generated_testcases()
    {
        Write("init.yml", "generator: make.py\nchecker: near.py\ntest_cases:\n- {generator_args: [4], points: 10}\n- {points: 30, batched: [{generator_args: [6]}, {generator_args: [8]}]}\n");
        Write("make.py", "import sys\nprint(sys.argv[1])\nprint(int(sys.argv[1]) * 2, file=sys.stderr)\n");
        Write("near.py", """
            from dmoj.result import CheckerResult
            def check(process_output, judge_output, judge_input, point_value, **kwargs):
                given, expected = int(process_output), int(judge_output)
                assert int(judge_input) * 2 == expected
                if given == expected:
                    return True
                return CheckerResult(False, point_value / 2 if abs(given - expected) == 1 else 0, 'near')
            """);

        await AssertScoresAsync(("twice.py", "print(int(input()) * 2)", 40), ("near.py", "print(int(input()) * 2 + 1)", 20), ("wrong.py", "print(0)", 0), ("six.py", "n = int(input())\nprint(n * 2 + (n == 6))", 25));
    }

    [Fact]
    public async Task A_dmoj_interactor_of_the_coci_type_talks_and_gives_parts()
    {
        Write("init.yml", "interactive: {files: talk.cpp, type: coci}\ntest_cases:\n- {in: 1.in, points: 10}\n- {in: 2.in, points: 20}\n");
        Write("1.in", "5\n");
        Write("2.in", "6\n");
        Write("talk.cpp", """
            #include <cstdio>
            int main(int argc, char **argv) {
                int n, reply = -1;
                fscanf(fopen(argv[1], "r"), "%d", &n);
                printf("%d\n", n); fflush(stdout);
                scanf("%d", &reply);
                if (reply == n) return 0;
                if (reply == n + 1) { fprintf(stderr, "partial 1/4\n"); return 7; }
                return 1;
            }
            """);

        await AssertScoresAsync(("echo.py", "print(input())", 30), ("more.py", "print(int(input()) + 1)", 7.5), ("silent.py", "pass", 0));
    }

    [Fact]
    public async Task A_hydro_checker_of_the_lemon_type_gives_hundredths()
    {
        Write("problem.yaml", "title: Count\n");
        Write("problem_en.md", "Count.\n");
        Write("testdata/config.yaml", "checker_type: lemon\nchecker: count.cpp\nsubtasks:\n- {score: 60, cases: [{input: 1.in, output: 1.out}]}\n- {score: 40, type: sum, cases: [{input: 1.in, output: 1.out}, {input: 2.in, output: 2.out}]}\n");
        Write("testdata/count.cpp", """
            #include <cstdio>
            int main(int argc, char **argv) {
                int given = 0, expected = 0;
                if (fscanf(fopen(argv[2], "r"), "%d", &given) != 1) given = 0;
                fscanf(fopen(argv[3], "r"), "%d", &expected);
                fprintf(fopen(argv[5], "w"), "%d\n", given == expected ? 100 : given == 50 ? 50 : 0);
                fprintf(fopen(argv[6], "w"), "seen\n");
            }
            """);
        foreach (var i in Enumerable.Range(1, 2))
        {
            Write($"testdata/{i}.in", $"{i}\n");
            Write($"testdata/{i}.out", $"{i}\n");
        }

        await AssertScoresAsync(("echo.py", "print(input())", 100), ("half.py", "print(50)", 50), ("one.py", "print(1)", 80));
    }
}
