using Gavel.Core.Judgings;

namespace Gavel.Judging.Tests.Running;

/// <summary>testlib programs as they are, in the real sandbox: argument order, exit codes, and who is to blame when one breaks.</summary>
public sealed class TestlibPrograms(JudgeFixture fixture)
{
    private const string Registered = "#include \"testlib.h\"\nint main(int argc, char **argv) { registerTestlibCmd(argc, argv); ";
    private const string Echo = "print(input())";

    // What the checker says and exits with; the first letter of the row is the problem's kind.
    [Theory]
    [InlineData("quitf(_ok, \"fine\");", Verdict.Accepted, null)]
    [InlineData("quitf(_wa, \"not so\");", Verdict.WrongAnswer, null)]
    [InlineData("quitf(_pe, \"spelling\");", Verdict.WrongAnswer, null)]
    [InlineData("quitf(_dirt, \"more than asked\");", Verdict.WrongAnswer, null)]
    [InlineData("quitf(_unexpected_eof, \"short\");", Verdict.WrongAnswer, null)]
    [InlineData("quitf(_fail, \"the jury is wrong\");", Verdict.JudgeError, null)]
    [InlineData("quitp(2.5, \"some\");", Verdict.Accepted, 2.5)]
    [InlineData("quitp(0, \"none\");", Verdict.WrongAnswer, 0.0)]
    [InlineData("exit(_points);", Verdict.JudgeError, null)]
    [InlineData("quitf(_pc(50), \"a quarter\");", Verdict.Accepted, 2.5)]
    [InlineData("quitf(_pc(1), \"a two-hundredth\");", Verdict.Accepted, 0.05)]
    [InlineData("quitf(_pc(0), \"nothing\");", Verdict.WrongAnswer, 0.0)]
    [InlineData("exit(100);", Verdict.Accepted, 5.0)]
    [InlineData("exit(9);", Verdict.JudgeError, null)]
    [InlineData("exit(201);", Verdict.JudgeError, null)]
    [InlineData("abort();", Verdict.JudgeError, null)]
    [InlineData("for (;;);", Verdict.JudgeError, null)]
    [InlineData("ans.readLong(); ans.readLong(); quitf(_ok, \"\");", Verdict.JudgeError, null)]
    [InlineData("ouf.readLong(); ouf.readLong(); quitf(_ok, \"\");", Verdict.WrongAnswer, null)]
    public async Task Each_exit_code_means_what_testlib_says(string checker, Verdict verdict, double? score)
    {
        using var package = Package("type: scoring\nlimits:\n  time_limit: 2.0\n  validation_time: 1\n", ("output_validator/check.cpp", Registered + checker + " }"));
        package.Write("data/secret/test_group.yaml", "max_score: 10\n");

        var result = await fixture.JudgeAsync(package.Problem, "python3", Echo, runAll: true);
        var secret = result.Testcases[^1];

        Assert.True(verdict == secret.Verdict, $"{secret.Verdict}: {secret.JudgeMessage}");
        if (score is not null)
            Assert.Equal(score, result.Score);
        if (verdict == Verdict.JudgeError)
            Assert.Contains("output_validator", result.JudgeErrorReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quitp(2.5, \"some\");", Verdict.Accepted)]
    [InlineData("quitf(_pc(50), \"a quarter\");", Verdict.WrongAnswer)]
    [InlineData("quitf(_pc(200), \"all\");", Verdict.Accepted)]
    public async Task Without_points_an_output_is_right_or_wrong(string checker, Verdict verdict)
    {
        using var package = Package("", ("output_validator/check.cpp", Registered + checker + " }"));

        Assert.Equal(verdict, (await fixture.JudgeAsync(package.Problem, "python3", Echo)).Verdict);
    }

    [Fact]
    public async Task A_checker_gets_input_output_and_answer_in_this_order()
    {
        using var package = Package("", ("output_validator/check.cpp", Registered + "quitf(inf.readLong() == 7 && ouf.readLong() == 8 && ans.readLong() == 9 ? _ok : _wa, \"\"); }"));
        package.Write("data/secret/1.in", "7\n");
        package.Write("data/secret/1.ans", "9\n");

        var result = await fixture.JudgeAsync(package.Problem, "python3", "print(int(input()) + 1)", runAll: true);

        Assert.Equal(Verdict.Accepted, result.Testcases[^1].Verdict);
    }

    private const string Interactor = """
        #include "testlib.h"
        #include <iostream>
        int main(int argc, char **argv) {
            inf.open(argv[1]); tout.open(argv[2]); ans.open(argv[3]);
            long long n = inf.readLong(), said;
            std::cout << n << std::endl;
            if (!(std::cin >> said)) quitf(_pe, "no number");
            if (said < 0) quitf(_wa, "negative");
            if (said == 13) quitf(_fail, "the interactor broke");
            tout << said << "\n";
            tout.close();
            quitf(_ok, "passed on");
        }
        """;

    [Theory]
    [InlineData("print(int(input()) * 2, flush=True)", Verdict.Accepted)]
    [InlineData("print(int(input()) * 3, flush=True)", Verdict.WrongAnswer)] // only the checker sees it
    [InlineData("print(-1, flush=True)\nimport time\ntime.sleep(1)\n1/0", Verdict.WrongAnswer)]
    [InlineData("print(13, flush=True)", Verdict.JudgeError)]
    [InlineData("input()", Verdict.WrongAnswer)]
    [InlineData("1/0", Verdict.RunTimeError)]
    public async Task An_interactors_report_goes_to_the_checker(string source, Verdict verdict)
    {
        using var package = Package(
            "type: interactive\nlimits:\n  time_limit: 2.0\n",
            ("output_validator/interactor.cpp", Interactor),
            ("output_validator/checker.cpp", Registered + "quitf(ouf.readLong() == 2 * inf.readLong() ? _ok : _wa, \"twice?\"); }"));

        var result = await fixture.JudgeAsync(package.Problem, "python3", source);

        Assert.True(verdict == result.Verdict, $"{result.Verdict}: {result.JudgeErrorReason} {string.Join("; ", result.Testcases)}");
        if (verdict == Verdict.JudgeError)
            Assert.Contains("output_validator/interactor.cpp", result.JudgeErrorReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checker_that_does_not_compile_is_named()
    {
        using var package = Package("", ("output_validator/check.cpp", "#include \"testlib.h\"\nint main() { oops }\n"));

        var result = await fixture.JudgeAsync(package.Problem, "python3", Echo);

        Assert.Equal(Verdict.JudgeError, result.Verdict);
        Assert.Contains("output_validator/check.cpp does not compile", result.JudgeErrorReason, StringComparison.Ordinal);
        Assert.Contains("oops", result.JudgeErrorReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submission_finds_neither_the_answer_nor_the_checker()
    {
        using var package = Package("", ("output_validator/check.cpp", Registered + "quitf(ouf.readLong() == ans.readLong() ? _ok : _wa, \"\"); }"));

        var result = await fixture.JudgeAsync(package.Problem, "python3", "import os\nprint(2 if os.path.exists('/data/answer') or os.path.exists('/data/output') or any('check' in f for f in os.listdir('/app')) else 1)");

        Assert.Equal(Verdict.Accepted, result.Verdict);
    }

    private static ProblemOnDisk Package(string yaml, params (string Path, string Content)[] files) => ProblemOnDisk.Modern(
        yaml.Length > 0 ? yaml : "limits:\n  time_limit: 2.0\n",
        [
            ("gavel.yaml", "programs: testlib\n"),
            ("output_validator/testlib.h", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "mini_testlib.h"))),
            ("data/secret/1.in", "1\n"), ("data/secret/1.ans", "1\n"),
            ("submissions/accepted/a.py", Echo),
            .. files,
        ]);
}
