namespace Gavel.Core.Judgings;

/// <summary>Where a judging stands. A stage is never a verdict.</summary>
public enum JudgingStage
{
    /// <summary>Waiting for a worker.</summary>
    Queued,

    /// <summary>A worker is compiling the source.</summary>
    Compiling,

    /// <summary>Testcases are running.</summary>
    Running,

    /// <summary>The outcome is recorded.</summary>
    Done,
}

/// <summary>One step of a judging, in the order in which it happens. Delivered live; not the record.</summary>
public abstract record JudgingProgress
{
    private JudgingProgress()
    {
    }

    /// <summary>The judging waits, also again after its worker was lost.</summary>
    public sealed record Queued : JudgingProgress;

    /// <summary>The compiler was started.</summary>
    public sealed record Compiling : JudgingProgress;

    /// <summary>Compiled; testcases are about to run.</summary>
    /// <param name="Total">The number of testcases.</param>
    public sealed record Running(int Total) : JudgingProgress;

    /// <summary>A testcase ended. With parallel testcases the ordinals may arrive out of order.</summary>
    /// <param name="Total">The number of testcases.</param>
    /// <param name="Result">How it went.</param>
    public sealed record TestcaseFinished(int Total, TestcaseResult Result) : JudgingProgress;

    /// <summary>The judging ended with this verdict.</summary>
    public sealed record Done(Verdict Verdict, double? Score) : JudgingProgress;
}
