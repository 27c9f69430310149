using Gavel.Core.Grading;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using static Gavel.Core.Tests.Grading.GradedProblem;

namespace Gavel.Core.Tests.Grading;

public sealed class GradingTreeTests
{
    private static readonly GroupGrading.AllMustPass s_pass = new();

    private static GroupGrading.Points Points(ScoreAggregation aggregation, double? maximum) => new(aggregation, maximum);

    [Fact]
    public async Task A_pass_fail_problem_stops_at_its_first_failure()
    {
        var problem = Problem(ProblemType.PassFail, Group("sample", s_pass, "1"), Group("secret", s_pass, "1", "2", "3"));
        var judged = new List<string>();

        var report = await Grade(problem, name =>
        {
            judged.Add(name);
            return Fails("secret/2")(name);
        });

        Assert.Equal(Verdict.WrongAnswer, report.Verdict);
        Assert.Null(report.Score);
        Assert.Equal(["sample/1", "secret/1", "secret/2"], judged);
    }

    [Theory]
    [InlineData(true, "secret/1", "WA", 0)]
    [InlineData(false, "secret/1", "WA", 0)]
    [InlineData(true, "", "AC", 40)]
    public async Task Legacy_groups_break_or_go_on_as_they_say(bool breaks, string failing, string verdict, double score)
    {
        var secret = new GroupGrading.Legacy { BreakOnReject = breaks, AcceptScore = 20 };
        var problem = Problem(ProblemType.Scoring, new GroupGrading.Legacy(), Group("sample", new GroupGrading.Legacy { AcceptScore = 0 }, "1"), Group("secret", secret, "1", "2"));

        var judged = 0;
        var report = await Grade(problem, name =>
        {
            judged++;
            return Fails(failing)(name);
        });

        Assert.Equal((verdict, score), (report.Verdict.ShortName(), report.Score!.Value));
        Assert.Equal(failing.Length > 0 && breaks ? 2 : 3, judged);
    }

    [Fact]
    public async Task The_nordic_convention_gives_the_points_of_the_groups_that_pass()
    {
        GroupGrading.Legacy Leaf(double points) => new() { GraderFlags = ["min"], AcceptScore = points, Range = new(0, points) };
        var problem = Problem(ProblemType.Scoring,
            new GroupGrading.Legacy { GraderFlags = ["ignore_sample"] },
            Group("sample", new GroupGrading.Legacy { AcceptScore = 0 }, "1"),
            Group("secret", new GroupGrading.Legacy { BreakOnReject = false, GraderFlags = ["first_error", "accept_if_any_accepted"] },
                Group("secret/g1", Leaf(30), "1", "2"), Group("secret/g2", Leaf(30), "1", "2"), Group("secret/g3", Leaf(40), "1")));

        var report = await Grade(problem, Fails("sample/1", "secret/g2/1"));

        Assert.Equal((Verdict.Accepted, 70), (report.Verdict, report.Score));
        Assert.Equal(Verdict.WrongAnswer, report.Groups.Single(g => g.Name == "secret/g2").Verdict);
        Assert.Equal(40, report.Groups.Single(g => g.Name == "secret/g3").MaximumScore);
    }

    [Fact]
    public async Task Without_a_group_that_passes_the_score_of_a_rejected_submission_is_zero()
    {
        var problem = Problem(ProblemType.Scoring, new GroupGrading.Legacy { BreakOnReject = false }, Group("sample", new GroupGrading.Legacy(), "1"), Group("secret", new GroupGrading.Legacy { BreakOnReject = false }, "1", "2"));

        var report = await Grade(problem, Fails("secret/2"));

        Assert.Equal((Verdict.WrongAnswer, 0), (report.Verdict, report.Score));
        Assert.Equal(1, report.Groups.Single(g => g.Name == "secret").Score);
    }

    [Fact]
    public async Task A_custom_grader_decides_and_its_failure_is_a_judge_error()
    {
        var problem = Problem(ProblemType.Scoring, new GroupGrading.Legacy(), Group("sample", new GroupGrading.Legacy(), "1"), Group("secret", new GroupGrading.Legacy { CustomGrader = true, BreakOnReject = false }, "1", "2", "3"));

        var graded = await Grade(problem, Fails("secret/2"), (group, children, _) => ValueTask.FromResult<Grade?>(new(Verdict.Accepted, 10 * children.Count(c => c.Verdict == Verdict.Accepted))));
        var broken = await Grade(problem, Fails(), (_, _, _) => ValueTask.FromResult<Grade?>(null));

        Assert.Equal((Verdict.Accepted, 21), (graded.Verdict, graded.Score));
        Assert.Equal(Verdict.JudgeError, broken.Verdict);
        Assert.Contains("secret", broken.JudgeErrorReason, StringComparison.Ordinal);
    }

    // accept_score once per group, the sum of the groups whatever the verdict, a validator's score for a rejected testcase, no score without a configuration.
    [Theory]
    [InlineData("", Verdict.Accepted, 100)]
    [InlineData("secret/a/2", Verdict.WrongAnswer, 60)]
    [InlineData("secret/a/1 secret/b/2", Verdict.WrongAnswer, 55)]
    [InlineData("sample/1", Verdict.Accepted, 100)]
    [InlineData("secret/c/1", Verdict.WrongAnswer, 100)]
    [InlineData("secret/a/1 secret/a/2 secret/b/1 secret/b/2", Verdict.WrongAnswer, 50)]
    public async Task Domjudge_scores_groups_by_their_own_words(string failing, Verdict verdict, double score)
    {
        static GroupGrading.Legacy Own(double? points, params string[] flags) => new() { BreakOnReject = false, GraderFlags = flags, Domjudge = new(true, points) };
        var problem = Problem(ProblemType.Scoring, Own(null, "ignore_sample"),
            Group("sample", Own(7), "1"),
            Group("secret", Own(null), Group("secret/a", Own(40), "1", "2"), Group("secret/b", Own(null), "1", "2"), Group("secret/c", new GroupGrading.Legacy { BreakOnReject = false, Domjudge = new(false, null) }, "1")));

        var report = await Grade(problem, name => new(failing.Split(' ').Contains(name) ? Verdict.WrongAnswer : Verdict.Accepted, name.StartsWith("secret/b/", StringComparison.Ordinal) ? failing.Split(' ').Contains(name) ? 25 : 30 : null));

        Assert.Equal((verdict, score), (report.Verdict, report.Score));
    }

    [Fact]
    public async Task The_best_testcase_of_a_maximum_group_counts_whatever_the_others_do()
    {
        var problem = Problem(ProblemType.Scoring, Group("secret", Points(ScoreAggregation.Sum, 100), Group("secret/a", Points(ScoreAggregation.Maximum, 60), "1", "2", "3"), Group("secret/b", Points(ScoreAggregation.PassFail, 40), "1")));

        var some = await Grade(problem, Fails("secret/a/1", "secret/a/3"));
        var part = await Grade(problem, name => name == "secret/a/2" ? new(Verdict.Accepted, ScoreMultiplier: 0.5) : new(name.StartsWith("secret/a/", StringComparison.Ordinal) ? Verdict.WrongAnswer : Verdict.Accepted));
        var none = await Grade(problem, Fails("secret/a/1", "secret/a/2", "secret/a/3"));

        Assert.Equal((Verdict.WrongAnswer, 100), (some.Verdict, some.Score));
        Assert.Equal(70, part.Score);
        Assert.Equal(40, none.Score);
    }

    [Fact]
    public async Task A_product_group_multiplies_the_shares_of_its_testcases()
    {
        var problem = Problem(ProblemType.Scoring, Group("secret", Points(ScoreAggregation.Sum, 100), Group("secret/a", Points(ScoreAggregation.Product, 60), "1", "2", "3"), Group("secret/b", Points(ScoreAggregation.PassFail, 40), "1")));

        var halves = await Grade(problem, name => name is "secret/a/1" or "secret/a/3" ? new(Verdict.Accepted, ScoreMultiplier: 0.5) : new(Verdict.Accepted));
        var failed = await Grade(problem, Fails("secret/a/2"));

        Assert.Equal((Verdict.Accepted, 55), (halves.Verdict, halves.Score));
        Assert.Equal(40, failed.Score);
    }

    [Fact]
    public async Task Points_are_summed_over_groups_of_every_aggregation()
    {
        var problem = Problem(ProblemType.Scoring, Group("sample", s_pass, "1"), Group("secret", Points(ScoreAggregation.Sum, 100),
            Group("secret/a", Points(ScoreAggregation.PassFail, 20), "1", "2"), Group("secret/b", Points(ScoreAggregation.Sum, 30), "1", "2", "3"), Group("secret/c", Points(ScoreAggregation.Minimum, 50), "1", "2")));

        var all = await Grade(problem, Fails());
        var some = await Grade(problem, Fails("sample/1", "secret/a/2", "secret/b/2"));
        var half = await Grade(problem, name => new(Verdict.Accepted, ScoreMultiplier: name == "secret/c/2" ? 0.5 : null));

        Assert.Equal((Verdict.Accepted, 100), (all.Verdict, all.Score));
        Assert.Equal((Verdict.WrongAnswer, 70), (some.Verdict, some.Score));
        Assert.Equal((Verdict.Accepted, 75), (half.Verdict, half.Score));
    }

    [Fact]
    public async Task A_group_whose_requirement_fails_is_not_judged_and_has_no_points()
    {
        var problem = Problem(ProblemType.Scoring, Group("sample", s_pass, "1"), Group("secret", Points(ScoreAggregation.Sum, 100),
            Group("secret/a", Points(ScoreAggregation.PassFail, 20), "1"),
            Group("secret/b", Points(ScoreAggregation.PassFail, 30), "1") with { RequirePass = ["secret/a"] },
            Group("secret/c", Points(ScoreAggregation.PassFail, 50), "1") with { RequirePass = ["secret/b"] }));
        var judged = new List<string>();

        var report = await Grade(problem, name =>
        {
            judged.Add(name);
            return Fails("secret/a/1")(name);
        });

        Assert.Equal((Verdict.WrongAnswer, 0), (report.Verdict, report.Score));
        Assert.Equal(["sample/1", "secret/a/1"], judged);
        Assert.Equal(Verdict.Skipped, report.Groups.Single(g => g.Name == "secret/c").Verdict);
    }

    [Fact]
    public async Task A_testcase_waits_until_what_its_group_requires_is_known()
    {
        var problem = Problem(ProblemType.Scoring, Group("sample", s_pass, "1"), Group("secret", Points(ScoreAggregation.Sum, 100),
            Group("secret/a", Points(ScoreAggregation.PassFail, 20), "1"), Group("secret/b", Points(ScoreAggregation.PassFail, 30), "1") with { RequirePass = ["secret/a", "sample"] }));
        var tree = new GradingTree(problem);

        Assert.False(tree.IsReady("secret/b/1"));
        await tree.RecordAsync("secret/a/1", new(Verdict.Accepted), TestContext.Current.CancellationToken);
        Assert.False(tree.IsReady("secret/b/1"));
        await tree.RecordAsync("sample/1", new(Verdict.Accepted), TestContext.Current.CancellationToken);
        Assert.True(tree.IsReady("secret/b/1"));
        Assert.True(tree.IsNeeded("secret/b/1"));
    }

    [Fact]
    public async Task The_static_validation_is_one_more_testcase_of_its_group()
    {
        var secret = Group("secret", Points(ScoreAggregation.Sum, 100), "1", "2") with { StaticValidation = new(40, []) };
        var problem = Problem(ProblemType.Scoring, secret);
        var tree = new GradingTree(problem);

        await tree.RecordAsync(GradingTree.StaticCase("secret"), new(Verdict.Accepted, ScoreMultiplier: 0.5), TestContext.Current.CancellationToken);
        await tree.RecordAsync("secret/1", new(Verdict.Accepted), TestContext.Current.CancellationToken);
        await tree.RecordAsync("secret/2", new(Verdict.WrongAnswer), TestContext.Current.CancellationToken);
        var report = await tree.FinishAsync(TestContext.Current.CancellationToken);

        Assert.Equal(20 + 30, report.Score);
    }

    [Theory]
    [InlineData("PassFail", 10.0, "AC", 1.0, null)]
    [InlineData("Sum", 10.0, "WA", 1.0, null)]
    [InlineData("Sum", 10.0, "AC", 1.0, 0.5)]
    [InlineData("Sum", 10.0, "AC", 11.0, null)]
    [InlineData("Sum", 10.0, "AC", -1.0, null)]
    [InlineData("Sum", 10.0, "AC", double.NaN, null)]
    [InlineData("Sum", 10.0, "AC", null, 1.5)]
    [InlineData("Sum", null, "AC", null, 0.5)]
    [InlineData("Sum", null, "AC", null, null)]
    public async Task Scores_that_a_validator_must_not_write_are_judge_errors(string aggregation, double? maximum, string verdict, double? score, double? multiplier)
    {
        var problem = Problem(ProblemType.Scoring, Group("secret", Points(Enum.Parse<ScoreAggregation>(aggregation), maximum), "1"));

        var report = await Grade(problem, _ => new(verdict == "AC" ? Verdict.Accepted : Verdict.WrongAnswer, score, multiplier));

        Assert.Equal(Verdict.JudgeError, report.Verdict);
        Assert.Contains("secret/1", report.JudgeErrorReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unbounded_groups_take_the_validators_scores()
    {
        var problem = Problem(ProblemType.Scoring, Group("secret", Points(ScoreAggregation.Sum, null), "1", "2"));

        var report = await Grade(problem, _ => new(Verdict.Accepted, Score: 1234.5));

        Assert.Equal(2469, report.Score);
    }

    [Fact]
    public async Task More_points_than_the_whole_may_give_is_a_judge_error()
    {
        var problem = Problem(ProblemType.Scoring, Group("secret", Points(ScoreAggregation.Sum, 30), Group("secret/a", Points(ScoreAggregation.PassFail, 20), "1"), Group("secret/b", Points(ScoreAggregation.PassFail, 20), "1")));

        var report = await Grade(problem, Fails());

        Assert.Equal(Verdict.JudgeError, report.Verdict);
    }
}
