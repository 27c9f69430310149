using Gavel.Core.Judgings;
using Gavel.Core.Problems;

namespace Gavel.Judging.Verification;

/// <summary>What verifying a package came to.</summary>
/// <param name="Problem">The package.</param>
/// <param name="TimeLimit">The time limit before the languages' factors: the package's own, or computed from its accepted submissions.</param>
/// <param name="Submissions">Every submission of the package, in its order.</param>
public sealed record VerificationReport(Problem Problem, TimeSpan TimeLimit, IReadOnlyList<VerifiedSubmission> Submissions)
{
    /// <summary>What is wrong with the package apart from its submissions.</summary>
    public IReadOnlyList<PackageFinding> Findings { get; init; } = [];

    /// <summary>How far the submissions keep away from the time limit.</summary>
    public TimeMargins Margins { get; init; } = new(TimeLimit, null, null);

    /// <summary>The submission, the model solution where there is one, that reproduces every judge answer; null when none does.</summary>
    public string? AnswersReproducedBy { get; init; }

    /// <summary>True when every submission earned what it should and nothing else is an error.</summary>
    public bool Passed => Submissions.All(s => s.Matches) && Findings.All(f => f.Severity != FindingSeverity.Error);
}

/// <summary>One submission of a package after verification.</summary>
/// <param name="Submission">The submission.</param>
/// <param name="LanguageId">The language it was judged in; null when none was found.</param>
/// <param name="Result">What it earned; null when it could not be judged.</param>
/// <param name="TimeLimit">Its time limit: the problem's times the language's factor.</param>
/// <param name="Mismatches">Every expectation that does not hold, in words; empty when all do.</param>
public sealed record VerifiedSubmission(PackageSubmission Submission, string? LanguageId, JudgingResult? Result, TimeSpan TimeLimit, IReadOnlyList<string> Mismatches)
{
    /// <summary>True when it earned what it should.</summary>
    public bool Matches => Mismatches.Count == 0;

    /// <summary>The largest CPU time as a share of the time limit; 1 and more for those that exceeded it.</summary>
    public double ShareOfTimeLimit => Result is null || TimeLimit <= TimeSpan.Zero ? 0 : Result.MaximumCpuTime / TimeLimit;
}

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Deserves attention.</summary>
    Warning,

    /// <summary>The package does not keep its promises.</summary>
    Error,
}

/// <summary>Something about a package that its author should know.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Check">Which check found it, for example <c>input-validator</c>.</param>
/// <param name="Issue">Where and what.</param>
public sealed record PackageFinding(FindingSeverity Severity, string Check, PackageIssue Issue);

/// <summary>A step of a verification.</summary>
public abstract record VerificationProgress
{
    private VerificationProgress()
    {
    }

    /// <summary>It begins.</summary>
    /// <param name="Steps">Steps to come, one <see cref="Finished"/> each.</param>
    public sealed record Started(int Steps) : VerificationProgress;

    /// <summary>A step ended.</summary>
    /// <param name="Name">What it was about, for example a submission's name.</param>
    /// <param name="Outcome">How it went, in a word.</param>
    /// <param name="Good">False when it found something wrong.</param>
    public sealed record Finished(string Name, string Outcome, bool Good) : VerificationProgress;
}
