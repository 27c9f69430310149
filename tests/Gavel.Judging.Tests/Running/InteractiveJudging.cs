using Gavel.Core.Judgings;

namespace Gavel.Judging.Tests.Running;

/// <summary>Interactive problems, in the real sandbox: who is to blame when two programs talk.</summary>
public sealed class InteractiveJudging(JudgeFixture fixture)
{
    // Guess a number up to 1000 in at most ten questions; the answer to each is "higher", "lower" or "correct".
    private const string Interactor = """
        import sys
        secret = int(open(sys.argv[1]).read())
        feedback = open(sys.argv[3] + "judgemessage.txt", "w")
        for question in range(10):
            line = sys.stdin.readline()
            try:
                guess = int(line)
            except ValueError:
                feedback.write("no number")
                sys.exit(43)
            if guess == secret:
                print("correct", flush=True)
                sys.exit(42)
            print("higher" if guess < secret else "lower", flush=True)
        feedback.write("too many questions")
        sys.exit(43)
        """;

    private const string Solution = """
        low, high = 1, 1000
        while True:
            middle = (low + high) // 2
            print(middle, flush=True)
            answer = input()
            if answer == "correct":
                break
            if answer == "higher":
                low = middle + 1
            else:
                high = middle - 1
        """;

    [Theory]
    [InlineData("finds it", Solution, Verdict.Accepted)]
    [InlineData("asks too often, then goes on for ever", "while True: print(0, flush=True)", Verdict.WrongAnswer)]
    [InlineData("talks nonsense, then crashes", "print('x', flush=True)\nimport time\ntime.sleep(2)\n1/0", Verdict.WrongAnswer)]
    [InlineData("crashes at once", "1/0", Verdict.RunTimeError)]
    [InlineData("ends without a word", "pass", Verdict.WrongAnswer)]
    [InlineData("closes its output, then crashes", "import os, sys, time\nos.close(1)\ntime.sleep(0.3)\nos._exit(5)", Verdict.RunTimeError)]
    [InlineData("never asks", "input()", Verdict.TimeLimitExceeded)]
    [InlineData("computes for ever", "while True: pass", Verdict.TimeLimitExceeded)]
    [InlineData("finds it, then computes for ever", Solution + "\nwhile True: pass", Verdict.TimeLimitExceeded)]
    [InlineData("finds it, then fails", Solution + "\nraise SystemExit(3)", Verdict.RunTimeError)]
    [InlineData("finds it and talks on", Solution + "\nfor i in range(100000): print('more')", Verdict.Accepted)]
    public async Task The_blame_falls_on_the_right_side(string what, string source, Verdict expected)
    {
        using var package = Package(Interactor);

        var result = await fixture.JudgeAsync(package.Problem, "python3", source);

        Assert.True(expected == result.Verdict, $"{what}: {result.Verdict} {result.JudgeErrorReason} {string.Join("; ", result.Testcases)}");
    }

    [Theory]
    [InlineData("import sys; sys.exit(0)", "exited with 0")]
    [InlineData("import os; os.abort()", "signal 6")]
    public async Task A_broken_interactor_is_a_judge_error_that_names_it(string interactor, string reason)
    {
        using var package = Package(interactor);

        var result = await fixture.JudgeAsync(package.Problem, "python3", Solution);

        Assert.Equal(Verdict.JudgeError, result.Verdict);
        Assert.Contains("output_validator", result.JudgeErrorReason, StringComparison.Ordinal);
        Assert.Contains(reason, result.JudgeErrorReason, StringComparison.Ordinal);
    }

    private static ProblemOnDisk Package(string interactor) => ProblemOnDisk.Modern(
        "type: interactive\nlimits:\n  time_limit: 1.0\n",
        ("output_validator/validate.py", interactor),
        ("data/secret/1.in", "777\n"), ("data/secret/1.ans", ""),
        ("data/sample/1.ans", ""),
        ("submissions/accepted/a.py", Solution));
}
