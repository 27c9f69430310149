namespace Gavel.Core.Problems;

/// <summary>How the results inside a test group become the group's result.</summary>
public abstract record GroupGrading
{
    private GroupGrading()
    {
    }

    /// <summary>Pass-fail: accepted when everything inside is. The first failure, in judging order, is the verdict.</summary>
    public sealed record AllMustPass : GroupGrading;

    /// <summary>The <c>legacy</c> format's grading: every key of <c>testdata.yaml</c>, inherited already.</summary>
    public sealed record Legacy : GroupGrading
    {
        /// <summary>True for <c>on_reject: break</c>: after the first child that is not accepted, the rest of the group is not judged.</summary>
        public bool BreakOnReject { get; init; } = true;

        /// <summary>True when the package's own grader aggregates this group.</summary>
        public bool CustomGrader { get; init; }

        /// <summary>Arguments of the grader. The default grader ignores what it does not know.</summary>
        public IReadOnlyList<string> GraderFlags { get; init; } = [];

        /// <summary>Score of an accepted testcase whose validator wrote none.</summary>
        public double AcceptScore { get; init; } = 1;

        /// <summary>Score of a rejected testcase whose validator wrote none.</summary>
        public double RejectScore { get; init; }

        /// <summary>The scores this group can have.</summary>
        public ScoreRange Range { get; init; } = ScoreRange.Any;

        /// <summary>How DOMjudge scores this group instead; null to score as the format says.</summary>
        public DomjudgeScoring? Domjudge { get; init; }
    }

    /// <summary>The <c>2025-09</c> format's scoring.</summary>
    /// <param name="Aggregation">How the scores inside become the group's.</param>
    /// <param name="MaximumScore">The most points the group can give; null means unbounded.</param>
    public sealed record Points(ScoreAggregation Aggregation, double? MaximumScore) : GroupGrading;
}

/// <summary>How DOMjudge scores a test group: by its own <c>testdata.yaml</c> alone.</summary>
/// <param name="Counts">False for a group without that file: it does not score.</param>
/// <param name="GroupScore">What the group is worth once when all its testcases pass; null adds up what the validator gave each testcase, be it accepted or not.</param>
public sealed record DomjudgeScoring(bool Counts, double? GroupScore);

/// <summary>How scores are aggregated (2025-09 <c>score_aggregation</c>).</summary>
public enum ScoreAggregation
{
    /// <summary>All of the points when every testcase is accepted, else none.</summary>
    PassFail,

    /// <summary>The sum.</summary>
    Sum,

    /// <summary>The minimum.</summary>
    Minimum,

    /// <summary>The maximum; the format has no word for it, <c>gavel.yaml</c> has.</summary>
    Maximum,

    /// <summary>The group's points times the share that each testcase earned; <c>gavel.yaml</c> again. Needs a maximum.</summary>
    Product,
}

/// <summary>An inclusive range of scores.</summary>
/// <param name="Low">The lowest score; may be negative infinity.</param>
/// <param name="High">The highest score; may be positive infinity.</param>
public readonly record struct ScoreRange(double Low, double High)
{
    /// <summary>Every score.</summary>
    public static readonly ScoreRange Any = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>True for scores inside the range, give or take <paramref name="tolerance"/>.</summary>
    public bool Contains(double score, double tolerance = 1e-9) => score >= Low - tolerance && score <= High + tolerance;
}

/// <summary>The extra testcase in which the static validator looks at the source (2025-09 <c>static_validation_score</c>).</summary>
/// <param name="MaximumScore">Its points; null means pass-fail.</param>
/// <param name="Arguments">Arguments of the static validator.</param>
public sealed record StaticValidation(double? MaximumScore, IReadOnlyList<string> Arguments);
