using Gavel.Core.Judgings;

namespace Gavel.Judging.Tests.Running;

/// <summary>Multi-pass problems: the validator makes the next pass's input.</summary>
public sealed class MultiPassJudging(JudgeFixture fixture)
{
    // The first pass encodes a number, the second must decode what the first wrote; the validator remembers the number in its feedback folder.
    private const string Validator = """
        import os, sys
        words = open(sys.argv[1]).read().split()
        folder = sys.argv[3]
        output = sys.stdin.read().split()
        if words[0] == "encode":
            assert not os.path.exists(folder + "state.txt")
            open(folder + "state.txt", "w").write(words[1])
            open(folder + "nextpass.in", "w").write("decode " + output[0])
            sys.exit(42)
        sys.exit(42 if output == [open(folder + "state.txt").read()] else 43)
        """;

    private const string Solution = """
        what, number = input().split()
        print(int(number) + 5 if what == "encode" else int(number) - 5)
        """;

    [Fact]
    public async Task The_second_pass_gets_what_the_validator_left()
    {
        using var package = Package(Validator);

        var good = await fixture.JudgeAsync(package.Problem, "python3", Solution);
        var bad = await fixture.JudgeAsync(package.Problem, "python3", Solution.Replace("- 5", "- 4", StringComparison.Ordinal));

        Assert.True(good.Verdict == Verdict.Accepted, $"{good.Verdict} {good.JudgeErrorReason} {string.Join(';', good.Testcases)}");
        Assert.Equal(Verdict.WrongAnswer, bad.Verdict);
    }

    [Fact]
    public async Task A_file_of_the_first_pass_is_not_there_in_the_second()
    {
        const string cheating = """
            import os
            what, number = input().split()
            if what == "encode":
                open("number", "w").write(number)
                print(0)
            else:
                print(open("number").read() if os.path.exists("number") else "gone")
            """;
        using var package = Package(Validator);

        var result = await fixture.JudgeAsync(package.Problem, "python3", cheating);

        Assert.Equal(Verdict.WrongAnswer, result.Verdict);
    }

    [Theory]
    [InlineData("import sys; open(sys.argv[3] + 'nextpass.in', 'w').write('encode 1'); sys.exit(42)", "more than 2 passes")]
    [InlineData("import sys; open(sys.argv[3] + 'nextpass.in', 'w').write('encode 1'); sys.exit(43)", "nextpass.in")]
    public async Task A_validator_that_breaks_the_rules_is_a_judge_error(string validator, string reason)
    {
        using var package = Package(validator);

        var result = await fixture.JudgeAsync(package.Problem, "python3", Solution);

        Assert.Equal(Verdict.JudgeError, result.Verdict);
        Assert.Contains(reason, result.JudgeErrorReason, StringComparison.Ordinal);
    }

    private static ProblemOnDisk Package(string validator) => ProblemOnDisk.Modern(
        "type: multi-pass\nlimits:\n  time_limit: 2.0\n",
        ("output_validator/validate.py", validator),
        ("data/sample/1.in", "encode 3\n"), ("data/secret/1.in", "encode 1234\n"), ("data/secret/1.ans", ""), ("data/sample/1.ans", ""),
        ("submissions/accepted/a.py", Solution));
}
