using System.Globalization;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;

namespace Gavel.Judging.Verification;

/// <summary>How far a package's submissions keep away from its time limit (2025-09 "Problem timing", legacy <c>time_multiplier</c> and <c>time_safety_margin</c>).</summary>
/// <param name="TimeLimit">The limit, before the languages' factors.</param>
/// <param name="SlowestAccepted">The slowest of those that must stay below it; null when there is none.</param>
/// <param name="FastestExceeding">The fastest of those that must exceed it by computing; null when there is none.</param>
public sealed record TimeMargins(TimeSpan TimeLimit, SubmissionTime? SlowestAccepted, SubmissionTime? FastestExceeding)
{
    /// <summary>How many times the slowest accepted submission fits into the limit; null when nothing bounds it from below.</summary>
    public double? BelowLimit => SlowestAccepted is { } slowest && slowest.Time > TimeSpan.Zero ? TimeLimit / slowest.Time : null;

    /// <summary>How many limits the fastest slow submission takes; null when nothing bounds it from above.</summary>
    public double? BeyondLimit => FastestExceeding is { } fastest && TimeLimit > TimeSpan.Zero ? fastest.Time / TimeLimit : null;

    /// <summary>The margins that the judged submissions leave.</summary>
    public static TimeMargins Of(TimeSpan timeLimit, IEnumerable<VerifiedSubmission> submissions)
    {
        var times = submissions.SelectMany(s => Bounds(s, timeLimit)).ToList();
        return new(
            timeLimit,
            times.Where(t => t.Bound == TimeLimitBound.Lower).Select(t => t.Time).MaxBy(t => t.Time),
            times.Where(t => t.Bound == TimeLimitBound.Upper).Select(t => t.Time).MinBy(t => t.Time));
    }

    /// <summary>The slowest testcase of a submission for every bound it sets on the time limit: as a whole and by its rules.</summary>
    internal static IEnumerable<(TimeLimitBound Bound, SubmissionTime Time)> Bounds(VerifiedSubmission verified, TimeSpan timeLimit)
    {
        if (verified.Result is not { } result)
            yield break;

        var factor = verified.TimeLimit > TimeSpan.Zero && timeLimit > TimeSpan.Zero ? verified.TimeLimit / timeLimit : 1;
        var rules = verified.Submission.Rules.Select(r => (r.TimeLimitBound, r.Cases)).Prepend((verified.Submission.TimeLimitBound, null));
        foreach (var (bound, cases) in rules)
        {
            var slowest = result.Testcases.Where(t => t.Verdict != Verdict.Skipped && cases?.Matches(t.Testcase) != false).MaxBy(t => t.CpuTime);
            if (slowest is null)
                continue;

            var time = new SubmissionTime(verified.Submission.Name, slowest.Testcase, slowest.CpuTime / factor);
            // A partially accepted submission may be too slow where it gets no points; that bounds nothing from below.
            if (bound.HasFlag(TimeLimitBound.Lower) && (!verified.Submission.PartiallyAccepted || slowest.Verdict != Verdict.TimeLimitExceeded))
                yield return (TimeLimitBound.Lower, time);

            // What the wall clock ended, asleep or on a busy host, says nothing about its computing time.
            if (bound.HasFlag(TimeLimitBound.Upper) && slowest.CpuTime >= verified.TimeLimit && slowest.WallTime < WallClock.For(verified.TimeLimit))
                yield return (TimeLimitBound.Upper, time);
        }
    }

    /// <summary>What the margins leave to be wished, in the package's own terms. Times differ between machines, so these are warnings.</summary>
    internal IEnumerable<PackageFinding> Findings(ProblemLimits limits)
    {
        if (BelowLimit is { } below && below < limits.AcceptedToTimeLimit)
            yield return Warning($"{SlowestAccepted} is the slowest that must be in time; the limit of {Shown(TimeLimit)} is {Factor(below)} times that, the package wants {Factor(limits.AcceptedToTimeLimit)} times.");
        if (BeyondLimit is { } beyond && beyond < limits.TimeLimitToExceeded)
            yield return Warning($"{FastestExceeding} is the fastest that must be too slow; that is {Factor(beyond)} times the limit of {Shown(TimeLimit)}, the package wants {Factor(limits.TimeLimitToExceeded)} times.");
    }

    private static PackageFinding Warning(string message) => new(FindingSeverity.Warning, "time-margin", new("submissions", null, message));

    private static string Shown(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    private static string Factor(double factor) => factor.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>The slowest testcase of a submission.</summary>
/// <param name="Submission">The submission's name.</param>
/// <param name="Testcase">The testcase.</param>
/// <param name="Time">Its CPU time, without the language's factor.</param>
public sealed record SubmissionTime(string Submission, string Testcase, TimeSpan Time)
{
    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Submission} ({Time.TotalSeconds:0.###} s on {Testcase})");
}
