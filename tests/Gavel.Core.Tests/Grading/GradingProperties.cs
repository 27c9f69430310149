using FsCheck;
using FsCheck.Fluent;
using Gavel.Core.Grading;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using static Gavel.Core.Tests.Grading.GradedProblem;

namespace Gavel.Core.Tests.Grading;

public sealed class GradingProperties
{
    private static readonly Verdict[] s_verdicts = [Verdict.Accepted, Verdict.Accepted, Verdict.Accepted, Verdict.WrongAnswer, Verdict.TimeLimitExceeded, Verdict.RunTimeError];

    private static readonly string[] s_flags = ["worst_error", "first_error", "always_accept", "sum", "avg", "min", "max", "accept_if_any_accepted"];

    [Fact]
    public void Leaving_out_what_is_not_needed_changes_nothing() => Check(seed =>
    {
        var (problem, judge, names, _) = Random(seed);

        return Same(Grade(problem, judge, names, skipUnneeded: true), Grade(problem, judge, names, skipUnneeded: false));
    });

    [Fact]
    public void The_order_in_which_testcases_finish_does_not_matter() => Check(seed =>
    {
        var (problem, judge, names, random) = Random(seed);
        var shuffled = names.ToArray();
        random.Shuffle(shuffled);

        return Same(Grade(problem, judge, names, skipUnneeded: true), Grade(problem, judge, shuffled, skipUnneeded: random.Next(2) == 0));
    });

    [Fact]
    public void A_score_lies_between_nothing_and_the_maximum_and_a_better_submission_has_no_less() => Check(seed =>
    {
        var (problem, judge, names, _) = Random(seed);
        if (problem.Data.Groups[1].Grading is not GroupGrading.Points)
            return true;

        var some = Result(Grade(problem, judge, names, skipUnneeded: true));
        var all = Result(Grade(problem, _ => new(Verdict.Accepted), names, skipUnneeded: true));
        return some.Score >= 0 && some.Score <= all.Score && all.Score <= 100 + 1e-6 && all.Verdict == Verdict.Accepted;
    });

    private static void Check(Func<int, bool> property) => Prop.ForAll(ArbMap.Default.ArbFor<int>(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static GradeReport Result(Task<GradeReport> report) => report.GetAwaiter().GetResult();

    private static bool Same(Task<GradeReport> one, Task<GradeReport> other) =>
        Result(one) is var a && Result(other) is var b && a.Verdict == b.Verdict && a.Score == b.Score && a.Groups.Single(g => g.Name == "").Equals(b.Groups.Single(g => g.Name == ""));

    /// <summary>A problem of a random kind with random groups, a judge with fixed answers, and its testcases in order.</summary>
    private static (Problem Problem, Func<string, CaseOutcome> Judge, List<string> Names, Random Random) Random(int seed)
    {
        var random = new Random(seed);
        var count = random.Next(0, 5);
        var kind = random.Next(3);
        GroupGrading Grading(bool secret) => kind switch
        {
            0 => new GroupGrading.AllMustPass(),
            1 => new GroupGrading.Points((ScoreAggregation)random.Next(3), secret ? 100 : 100 / Math.Max(1, count)),
            _ => new GroupGrading.Legacy
            {
                BreakOnReject = random.Next(2) == 0,
                AcceptScore = random.Next(0, 5),
                RejectScore = random.Next(0, 3),
                GraderFlags = [.. s_flags.Where(_ => random.Next(4) == 0)],
            },
        };
        object[] Cases() => [.. Enumerable.Range(0, random.Next(1, 5)).Select(i => $"{i}")];
        var groups = Enumerable.Range(0, count).Select(i => Group($"secret/g{i}", Grading(false), Cases()) with
        {
            RequirePass = kind == 1 ? [.. Enumerable.Range(0, i).Where(_ => random.Next(3) == 0).Select(r => $"secret/g{r}")] : [],
        }).ToArray<object>();
        var problem = Problem(kind == 0 ? ProblemType.PassFail : ProblemType.Scoring, kind == 2 ? Grading(true) : new GroupGrading.AllMustPass(),
            Group("sample", kind == 2 ? Grading(false) : new GroupGrading.AllMustPass(), Cases()), Group("secret", Grading(true), count == 0 ? Cases() : groups));
        var outcomes = problem.Testcases.ToDictionary(t => t.Name, _ => new CaseOutcome(s_verdicts[random.Next(s_verdicts.Length)]));
        return (problem, name => outcomes[name], [.. outcomes.Keys], random);
    }
}
