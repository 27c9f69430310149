namespace Gavel.Judging.Checkers;

/// <summary>What a checker or output validator says about one output.</summary>
public enum CheckerOutcome
{
    /// <summary>The output is right.</summary>
    Accepted,

    /// <summary>The output is wrong.</summary>
    WrongAnswer,

    /// <summary>The checker itself failed: a fault of the package or of Gavel.</summary>
    Failed,
}

/// <summary>An outcome with what goes along.</summary>
/// <param name="Outcome">The outcome.</param>
public sealed record CheckResult(CheckerOutcome Outcome)
{
    /// <summary>The output is right, and nothing more is to be said.</summary>
    public static readonly CheckResult Accepted = new(CheckerOutcome.Accepted);

    /// <summary>For judges.</summary>
    public string? JudgeMessage { get; init; }

    /// <summary>For the contestant.</summary>
    public string? TeamMessage { get; init; }

    /// <summary>The absolute score the checker gave.</summary>
    public double? Score { get; init; }

    /// <summary>The share of the testcase's points, 0 to 1, that the checker gave.</summary>
    public double? ScoreMultiplier { get; init; }

    /// <summary>The output is wrong.</summary>
    public static CheckResult Wrong(string judgeMessage) => new(CheckerOutcome.WrongAnswer) { JudgeMessage = judgeMessage };

    /// <summary>The checker failed.</summary>
    public static CheckResult Failed(string judgeMessage) => new(CheckerOutcome.Failed) { JudgeMessage = judgeMessage };
}
