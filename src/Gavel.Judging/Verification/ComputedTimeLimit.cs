using Gavel.Core.Problems;

namespace Gavel.Judging.Verification;

/// <summary>The time limit of a package that leaves it to its accepted submissions.</summary>
internal static class ComputedTimeLimit
{
    /// <summary>What accepted submissions are judged under until the limit is known.</summary>
    public static readonly TimeSpan Provisional = TimeSpan.FromSeconds(60);

    /// <summary>True for submissions whose time bounds the limit from below: as a whole, or by one of their rules.</summary>
    public static bool BoundsFromBelow(PackageSubmission submission) =>
        submission.TimeLimitBound.HasFlag(TimeLimitBound.Lower) || submission.Rules.Any(r => r.TimeLimitBound.HasFlag(TimeLimitBound.Lower));

    /// <summary>The times by which a submission that was judged under <see cref="Provisional"/> bounds the limit from below.</summary>
    public static IEnumerable<TimeSpan> LowerBounds(VerifiedSubmission verified) =>
        TimeMargins.Bounds(verified, Provisional).Where(b => b.Bound == TimeLimitBound.Lower).Select(b => b.Time.Time);

    /// <summary>The smallest multiple of the resolution that gives every accepted submission its factor, at least one of them.</summary>
    /// <param name="limits">Factor and resolution.</param>
    /// <param name="accepted">The slowest testcase of every accepted submission, CPU time, without its language's factor.</param>
    public static TimeSpan From(ProblemLimits limits, IEnumerable<TimeSpan> accepted)
    {
        var needed = accepted.DefaultIfEmpty(TimeSpan.Zero).Max() * limits.AcceptedToTimeLimit;
        return limits.TimeResolution * Math.Max(1, Math.Ceiling(needed / limits.TimeResolution));
    }
}
