using Gavel.Core.Judgings;

namespace Gavel.Core.Grading;

/// <summary>The default grader of the legacy package format.</summary>
public static class DefaultGrader
{
    // From the format's specification: the first of these that occurs is the worst. SecurityViolation is Gavel's own kind of crash.
    private static readonly Verdict[] s_worstFirst =
    [
        Verdict.JudgeError, Verdict.SecurityViolation, Verdict.RunTimeError, Verdict.MemoryLimitExceeded, Verdict.TimeLimitExceeded,
        Verdict.OutputLimitExceeded, Verdict.WrongAnswer, Verdict.CompileError, Verdict.Skipped,
    ];

    /// <summary>Aggregates the results of a group's children, in judging order.</summary>
    /// <param name="flags">
    /// <c>worst_error</c> (default), <c>first_error</c>, <c>always_accept</c>; <c>sum</c> (default), <c>avg</c>, <c>min</c>, <c>max</c>;
    /// <c>ignore_sample</c> (only the last of at most two children counts); <c>accept_if_any_accepted</c>. Of conflicting ones the last counts; unknown ones are ignored.
    /// </param>
    /// <param name="children">The judged children. None at all is accepted with 0 points.</param>
    public static Grade Aggregate(IReadOnlyList<string> flags, IReadOnlyList<Grade> children)
    {
        if (children.Any(c => c.Verdict == Verdict.JudgeError))
            return new(Verdict.JudgeError, 0);

        if (flags.Contains("ignore_sample") && children.Count > 0)
            children = [children[^1]];

        var verdictMode = flags.LastOrDefault(f => f is "worst_error" or "no_errors" or "first_error" or "always_accept", "worst_error");
        var accepted = verdictMode == "always_accept" || children.All(c => c.Verdict == Verdict.Accepted)
            || flags.Contains("accept_if_any_accepted") && children.Any(c => c.Verdict == Verdict.Accepted);
        var errors = children.Select(c => c.Verdict).Where(v => v != Verdict.Accepted);
        var verdict = accepted ? Verdict.Accepted : verdictMode == "first_error" ? errors.First() : errors.MinBy(v => Array.IndexOf(s_worstFirst, v));

        return new(verdict, Score(flags, children));
    }

    /// <summary>Aggregates as DOMjudge does: every child must be accepted, the first that is not gives the verdict, and a score stands whatever the verdict.</summary>
    /// <param name="flags"><c>sum</c> (default), <c>avg</c>, <c>min</c>, <c>max</c>; the others are ignored.</param>
    /// <param name="groupScore">What the group is worth when all is accepted; null to aggregate.</param>
    /// <param name="children">The judged children, in judging order, each with whether its score counts.</param>
    public static Grade AggregateAsDomjudge(IReadOnlyList<string> flags, double? groupScore, IReadOnlyList<(Grade Grade, bool Scores)> children)
    {
        if (children.Any(c => c.Grade.Verdict == Verdict.JudgeError))
            return new(Verdict.JudgeError, 0);

        var verdict = children.Select(c => c.Grade.Verdict).FirstOrDefault(v => v != Verdict.Accepted, Verdict.Accepted);
        return new(verdict, groupScore is not { } whole ? Score(flags, [.. children.Where(c => c.Scores).Select(c => c.Grade)]) : verdict == Verdict.Accepted && children.Count > 0 ? whole : 0);
    }

    private static double Score(IReadOnlyList<string> flags, IReadOnlyList<Grade> children)
    {
        var scores = children.Select(c => c.Score).DefaultIfEmpty(0);
        return flags.LastOrDefault(f => f is "sum" or "avg" or "min" or "max", "sum") switch
        {
            "avg" => scores.Average(),
            "min" => scores.Min(),
            "max" => scores.Max(),
            _ => scores.Sum(),
        };
    }
}
