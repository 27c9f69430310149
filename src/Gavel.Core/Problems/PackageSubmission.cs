using Gavel.Core.Judgings;

namespace Gavel.Core.Problems;

/// <summary>A submission that a package brings along, with what it must earn.</summary>
/// <param name="Name">Path below <c>submissions</c>, for example <c>accepted/alice.cpp</c>.</param>
/// <param name="Files">Absolute paths of its source files; the first is the entry file when there is one.</param>
public sealed record PackageSubmission(string Name, IReadOnlyList<string> Files)
{
    /// <summary>The folder below <c>submissions</c> that it lies in.</summary>
    public string ExpectationFolder => Name[..Name.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>Language id, when the package says so; else it follows from the file names.</summary>
    public string? Language { get; init; }

    /// <summary>Where the program starts (a file, class or module), when the package says so.</summary>
    public string? EntryPoint { get; init; }

    /// <summary>Who wrote it.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>True for a solution that is fit to be published and to make answers with.</summary>
    public bool ModelSolution { get; init; }

    /// <summary>Every testcase must have one of these verdicts. Empty means anything goes.</summary>
    public IReadOnlySet<Verdict> Permitted { get; init; } = new HashSet<Verdict>();

    /// <summary>At least one testcase (or the compilation) must have one of these verdicts. Empty means nothing is required.</summary>
    public IReadOnlySet<Verdict> Required { get; init; } = new HashSet<Verdict>();

    /// <summary>What must hold besides <see cref="Permitted"/> and <see cref="Required"/>.</summary>
    public IReadOnlyList<SubmissionRule> Rules { get; init; } = [];

    /// <summary>True for legacy <c>partially_accepted</c>: the verdict is accepted, the score below the best possible.</summary>
    public bool PartiallyAccepted { get; init; }

    /// <summary>The verdict of the whole must be one of these (<c>@EXPECTED_RESULTS@</c>); null when nothing is expected.</summary>
    public IReadOnlySet<Verdict>? Verdicts { get; init; }

    /// <summary>What every secret group may have, in order (<c>@EXPECTED_GRADES@</c>); null when nothing is expected.</summary>
    public IReadOnlyList<IReadOnlySet<Verdict>>? GroupVerdicts { get; init; }

    /// <summary>How it bounds a computed time limit.</summary>
    public TimeLimitBound TimeLimitBound { get; init; }
}

/// <summary>An expectation about a submission, or about some of its testcases. All parts must hold.</summary>
/// <param name="Source">Where the package says so, for messages: <c>submissions.yaml:12</c>.</param>
public sealed record SubmissionRule(string Source)
{
    /// <summary>Which testcases and groups it is about, as a pattern below <c>data</c>; null means all.</summary>
    public Glob? Cases { get; init; }

    /// <summary>Every testcase must have one of these verdicts. Empty means anything goes.</summary>
    public IReadOnlySet<Verdict> Permitted { get; init; } = new HashSet<Verdict>();

    /// <summary>At least one testcase must have one of these verdicts. Empty means nothing is required.</summary>
    public IReadOnlySet<Verdict> Required { get; init; } = new HashSet<Verdict>();

    /// <summary>The score must lie in this range: the submission's, or with <see cref="Cases"/> that of each matching group.</summary>
    public ScoreRange? Score { get; init; }

    /// <summary>Must occur in at least one judge message. Null means nothing is expected.</summary>
    public string? Message { get; init; }

    /// <summary>How the slowest of the testcases it is about bounds a computed time limit.</summary>
    public TimeLimitBound TimeLimitBound { get; init; }
}

/// <summary>How a package's submission bounds the time limit.</summary>
[Flags]
public enum TimeLimitBound
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>The limit must be at least its time times <see cref="ProblemLimits.AcceptedToTimeLimit"/>.</summary>
    Lower = 1,

    /// <summary>The limit times <see cref="ProblemLimits.TimeLimitToExceeded"/> must be at most its time.</summary>
    Upper = 2,
}
