using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Verification;

namespace Gavel.Judging.Tests.Verification;

public sealed class TimeMarginsTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    [Fact]
    public void The_slowest_in_time_and_the_fastest_beyond_bound_the_limit()
    {
        var margins = TimeMargins.Of(s_limit,
        [
            Judged("accepted/fast.cpp", TimeLimitBound.Lower, 0.1), Judged("accepted/slow.py", TimeLimitBound.Lower, 0.2, 0.8),
            Judged("time_limit_exceeded/square.py", TimeLimitBound.Upper, 2.5), Judged("time_limit_exceeded/cube.py", TimeLimitBound.Upper, 3.2), Judged("brute_force/x.py", TimeLimitBound.None, 2.1),
        ]);

        Assert.Equal(("accepted/slow.py", "secret/2"), (margins.SlowestAccepted!.Submission, margins.SlowestAccepted.Testcase));
        Assert.Equal(2.5, margins.BelowLimit!.Value, 6);
        Assert.Equal("time_limit_exceeded/square.py", margins.FastestExceeding!.Submission);
        Assert.Equal(1.25, margins.BeyondLimit!.Value, 6);
        var finding = Assert.Single(margins.Findings(new()));
        Assert.Equal((FindingSeverity.Warning, "time-margin"), (finding.Severity, finding.Check));
        Assert.Contains("square.py (2.5 s on secret/1)", finding.Issue.Message, StringComparison.Ordinal);
        Assert.Equal(2, margins.Findings(new() { AcceptedToTimeLimit = 3, TimeLimitToExceeded = 1.5 }).Count());
    }

    [Fact]
    public void Programs_that_sleep_and_rules_about_other_testcases_bound_nothing()
    {
        var asleep = Judged("time_limit_exceeded/sleep.py", TimeLimitBound.Upper, 0.01);
        var ended = Judged("time_limit_exceeded/busy.py", TimeLimitBound.Upper, 2.2);
        ended = ended with { Result = ended.Result! with { Testcases = [ended.Result!.Testcases[0] with { WallTime = WallClock.For(s_limit) }] } };

        Assert.Equal(new(s_limit, null, null), TimeMargins.Of(s_limit, [asleep, ended]));
    }

    [Fact]
    public void A_rule_bounds_the_limit_by_its_own_testcases()
    {
        var mixed = Judged("mixed/a.py", TimeLimitBound.None, 0.5, 1.5);
        mixed = mixed with { Submission = mixed.Submission with { Rules = [new("submissions.yaml:2") { Cases = Glob.Parse("secret/1"), TimeLimitBound = TimeLimitBound.Lower }] } };

        Assert.Equal(4, TimeMargins.Of(s_limit, [mixed]).BelowLimit!.Value, 6);
        Assert.True(ComputedTimeLimit.BoundsFromBelow(mixed.Submission));
    }

    [Fact]
    public void A_language_with_more_time_is_measured_by_its_own_limit()
    {
        var slow = Judged("accepted/a.py", TimeLimitBound.Lower, 2) with { TimeLimit = s_limit * 2 };

        Assert.Equal(2, TimeMargins.Of(s_limit, [slow]).BelowLimit!.Value, 6);
    }

    private static VerifiedSubmission Judged(string name, TimeLimitBound bound, params double[] seconds)
    {
        var testcases = seconds.Select((s, i) => new TestcaseResult(i + 1, $"secret/{i + 1}", s > 2 ? Verdict.TimeLimitExceeded : Verdict.Accepted, TimeSpan.FromSeconds(s), TimeSpan.FromSeconds(s), Bytes.Zero));
        return new(new(name, [name]) { TimeLimitBound = bound }, "python3", new(Verdict.Accepted, [.. testcases]), s_limit, []);
    }
}
