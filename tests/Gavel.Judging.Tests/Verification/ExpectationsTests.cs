using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Verification;

namespace Gavel.Judging.Tests.Verification;

public sealed class ExpectationsTests
{
    private static readonly HashSet<Verdict> AcceptedOrWrong = [Verdict.Accepted, Verdict.WrongAnswer];

    [Fact]
    public void Accepted_everywhere_is_what_accepted_promises()
    {
        var submission = Submission([Verdict.Accepted], [Verdict.Accepted]);

        Assert.Empty(Expectations.Mismatches(submission, Result(Verdict.Accepted, Verdict.Accepted, Verdict.Accepted)));
    }

    [Fact]
    public void A_verdict_that_is_not_permitted_is_named_with_its_testcase()
    {
        var submission = Submission(AcceptedOrWrong, [Verdict.WrongAnswer]);

        var mismatches = Expectations.Mismatches(submission, Result(Verdict.WrongAnswer, Verdict.WrongAnswer, Verdict.RunTimeError));

        Assert.Equal(["RTE on secret/2, allowed: AC or WA"], mismatches);
    }

    [Fact]
    public void A_required_verdict_that_never_occurs_is_a_mismatch()
    {
        var submission = Submission(AcceptedOrWrong, [Verdict.WrongAnswer]);

        Assert.Equal(["never WA"], Expectations.Mismatches(submission, Result(Verdict.Accepted, Verdict.Accepted)));
    }

    [Fact]
    public void Testcases_that_were_not_run_prove_nothing()
    {
        var submission = Submission([Verdict.Accepted, Verdict.Skipped], [Verdict.Skipped]);

        Assert.Equal(["never SKIP"], Expectations.Mismatches(submission, Result(Verdict.Accepted, Verdict.Accepted, Verdict.Skipped)));
    }

    [Fact]
    public void A_compile_error_counts_as_the_outcome()
    {
        Assert.Empty(Expectations.Mismatches(Submission([], [Verdict.CompileError]), Result(Verdict.CompileError)));
        Assert.NotEmpty(Expectations.Mismatches(Submission(AcceptedOrWrong, [Verdict.WrongAnswer]), Result(Verdict.CompileError)));
    }

    [Fact]
    public void A_judge_error_meets_no_expectation()
    {
        var anything = Submission([], []);

        Assert.Equal(["judge error: the validator crashed"], Expectations.Mismatches(anything, Result(Verdict.JudgeError) with { JudgeErrorReason = "the validator crashed" }));
    }

    [Fact]
    public void A_rule_looks_only_at_its_testcases()
    {
        var rule = new SubmissionRule("submissions.yaml:3") { Cases = Glob.Parse("secret/2"), Permitted = new HashSet<Verdict> { Verdict.Accepted } };
        var submission = Submission([], []) with { Rules = [rule] };

        Assert.Empty(Expectations.Mismatches(submission, Result(Verdict.WrongAnswer, Verdict.WrongAnswer, Verdict.Accepted)));
        Assert.Equal(["WA on secret/2, allowed: AC on secret/2 (submissions.yaml:3)"], Expectations.Mismatches(submission, Result(Verdict.WrongAnswer, Verdict.Accepted, Verdict.WrongAnswer)));
    }

    [Fact]
    public void A_rule_may_ask_for_a_score_and_a_judge_message()
    {
        var rule = new SubmissionRule("submissions.yaml:3") { Score = new(40, 60), Message = "too long" };
        var submission = Submission([], []) with { Rules = [rule] };

        Assert.Equal(2, Expectations.Mismatches(submission, Result(Verdict.Accepted, Verdict.Accepted) with { Score = 39 }).Count);
        var result = Result(Verdict.Accepted, Verdict.Accepted);
        Assert.Empty(Expectations.Mismatches(submission, result with { Score = 60, Testcases = [result.Testcases[0] with { JudgeMessage = "The path is too long." }] }));
    }

    [Fact]
    public void Scores_verdicts_of_groups_and_of_the_whole_are_held_to_what_is_expected()
    {
        var submission = Submission([], []) with
        {
            Verdicts = new HashSet<Verdict> { Verdict.WrongAnswer },
            GroupVerdicts = [new HashSet<Verdict> { Verdict.Accepted }, new HashSet<Verdict> { Verdict.WrongAnswer }],
            Rules = [new("submissions.yaml:3") { Cases = Glob.Parse("secret/g1"), Score = new(10, 20) }],
        };
        var result = Result(Verdict.WrongAnswer) with { Score = 15, Groups = [new("", Verdict.WrongAnswer, 15, 100), new("secret", Verdict.WrongAnswer, 15, 100), new("secret/g1", Verdict.Accepted, 15, 50), new("secret/g2", Verdict.WrongAnswer, 0, 50)] };

        Assert.Empty(Expectations.Mismatches(submission, result));
        Assert.Equal(["score 5 is outside 10 to 20 on secret/g1 (submissions.yaml:3)"], Expectations.Mismatches(submission, result with { Groups = [result.Groups[0], result.Groups[1], result.Groups[2] with { Score = 5 }, result.Groups[3]] }));
        Assert.Equal(["TLE on secret/g2, allowed: WA"], Expectations.Mismatches(submission, result with { Groups = [.. result.Groups.Take(3), result.Groups[3] with { Verdict = Verdict.TimeLimitExceeded }] }));
        Assert.Contains(Expectations.Mismatches(submission, result with { Verdict = Verdict.Accepted }), m => m.Contains("expected WA", StringComparison.Ordinal));
    }

    [Fact]
    public void Partially_accepted_means_accepted_with_less_than_all_points()
    {
        var submission = Submission([], []) with { PartiallyAccepted = true };
        var result = Result(Verdict.Accepted) with { Score = 40, Groups = [new("", Verdict.Accepted, 40, 100)] };

        Assert.Empty(Expectations.Mismatches(submission, result));
        Assert.Single(Expectations.Mismatches(submission, result with { Score = 100 }));
        Assert.Single(Expectations.Mismatches(submission, result with { Verdict = Verdict.WrongAnswer }));
    }

    [Fact]
    public void A_static_validator_is_one_more_testcase_of_its_group()
    {
        var rule = new SubmissionRule("submissions.yaml:3") { Cases = Glob.Parse("secret"), Message = "too long" };
        var submission = Submission(AcceptedOrWrong, [Verdict.WrongAnswer]) with { Rules = [rule] };
        var result = Result(Verdict.WrongAnswer, Verdict.Accepted);

        Assert.Equal(2, Expectations.Mismatches(submission, result).Count);
        var rejected = result with { StaticValidations = [new("secret", Verdict.WrongAnswer, "The source is too long.")] };
        Assert.Empty(Expectations.Mismatches(submission, rejected));
    }

    [Theory]
    [InlineData("legacy", false)]
    [InlineData("2025-09", true)]
    public void Only_newer_formats_look_past_the_first_failure(string format, bool every)
    {
        var problem = new Problem
        {
            Slug = "p",
            Folder = "/",
            FormatVersion = format,
            Type = ProblemType.PassFail,
            Names = new Dictionary<string, string> { ["en"] = "P" },
            Limits = new(),
            Data = new("", [], []),
        };

        Assert.Equal(every, Expectations.NeedEveryTestcase(problem, Submission(AcceptedOrWrong, [Verdict.WrongAnswer])));
        Assert.False(Expectations.NeedEveryTestcase(problem, Submission([Verdict.Accepted, Verdict.TimeLimitExceeded], [Verdict.TimeLimitExceeded])));
    }

    private static PackageSubmission Submission(HashSet<Verdict> permitted, HashSet<Verdict> required) =>
        new("folder/solution.py", ["/p/solution.py"]) { Permitted = permitted, Required = required };

    private static JudgingResult Result(Verdict verdict, params Verdict[] testcases) =>
        new(verdict, [.. testcases.Select((v, i) => new TestcaseResult(i + 1, $"secret/{i + 1}", v, TimeSpan.Zero, TimeSpan.Zero, Bytes.Zero))]);
}
