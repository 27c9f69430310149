using Gavel.Core.Grading;
using Gavel.Core.Judgings;

namespace Gavel.Core.Tests.Grading;

public sealed class DefaultGraderTests
{
    private static readonly Dictionary<string, Verdict> s_verdicts = new()
    {
        ["AC"] = Verdict.Accepted,
        ["WA"] = Verdict.WrongAnswer,
        ["TLE"] = Verdict.TimeLimitExceeded,
        ["RTE"] = Verdict.RunTimeError,
        ["MLE"] = Verdict.MemoryLimitExceeded,
        ["OLE"] = Verdict.OutputLimitExceeded,
        ["JE"] = Verdict.JudgeError,
    };

    [Theory]
    [InlineData("", "AC 1, AC 2", "AC 3")]
    [InlineData("", "AC 1, WA 0, TLE 0, RTE 0", "RTE 1")]
    [InlineData("worst_error", "WA 0, OLE 0, TLE 0", "TLE 0")]
    [InlineData("worst_error", "WA 0, MLE 0, TLE 0", "MLE 0")]
    [InlineData("first_error", "AC 1, WA 0, RTE 0", "WA 1")]
    [InlineData("first_error worst_error", "WA 0, RTE 0", "RTE 0")]
    [InlineData("always_accept", "WA 0, RTE 0", "AC 0")]
    [InlineData("avg", "AC 1, AC 2, AC 6", "AC 3")]
    [InlineData("min", "AC 4, AC 2, AC 6", "AC 2")]
    [InlineData("max", "AC 4, AC 2, AC 6", "AC 6")]
    [InlineData("min max", "AC 4, AC 2", "AC 4")]
    [InlineData("ignore_sample", "WA 7, AC 2", "AC 2")]
    [InlineData("ignore_sample", "AC 7, WA 0", "WA 0")]
    [InlineData("ignore_sample", "AC 7", "AC 7")]
    [InlineData("accept_if_any_accepted", "WA 0, AC 3, TLE 1", "AC 4")]
    [InlineData("first_error accept_if_any_accepted", "WA 0, TLE 0", "WA 0")]
    [InlineData("subtask_score=12 whatever", "AC 1", "AC 1")]
    [InlineData("always_accept accept_if_any_accepted", "AC 1, JE 0", "JE 0")]
    [InlineData("", "", "AC 0")]
    public void Flags_do_what_the_format_says(string flags, string children, string expected)
    {
        var grades = children.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Trim().Split(' ')).Select(c => new Grade(s_verdicts[c[0]], int.Parse(c[1], null))).ToList();

        var grade = DefaultGrader.Aggregate(flags.Split(' '), grades);

        Assert.Equal(expected, $"{grade.Verdict.ShortName()} {grade.Score}");
    }

    [Fact]
    public void A_custom_grader_gets_a_line_per_child_and_may_print_one_line()
    {
        Assert.Equal("AC 1.5\nWA 0\nRTE 0\nTLE -2\n", CustomGrader.Input([new(Verdict.Accepted, 1.5), new(Verdict.WrongAnswer, 0), new(Verdict.MemoryLimitExceeded, 0), new(Verdict.TimeLimitExceeded, -2)]));
        Assert.Equal(new Grade(Verdict.Accepted, 42.5), CustomGrader.Parse("AC 42.5\n"));
        Assert.Equal(new Grade(Verdict.TimeLimitExceeded, 0), CustomGrader.Parse("  TLE\t0  "));
        Assert.All(["", "AC", "42", "AC x", "XX 1", "AC 1 2", "AC nan", "AC 1\nAC 1\n"], output => Assert.Null(CustomGrader.Parse(output)));
    }
}
