namespace Gavel.Core.Judgings;

/// <summary>How one testcase of a judging went.</summary>
/// <param name="Ordinal">1-based position in judging order.</param>
/// <param name="Testcase">The testcase's name in its package, for example <c>secret/huge/01</c>.</param>
/// <param name="Verdict">What it came to; <see cref="Verdict.Skipped"/> when it was not run.</param>
/// <param name="CpuTime">CPU time of all processes in the cell, from the cgroup.</param>
/// <param name="WallTime">Time from exec to exit on the monotonic clock.</param>
/// <param name="PeakMemory">Peak memory of the cell, from the cgroup, less nothing.</param>
public sealed record TestcaseResult(int Ordinal, string Testcase, Verdict Verdict, TimeSpan CpuTime, TimeSpan WallTime, Bytes PeakMemory)
{
    /// <summary>True for the samples, which contestants may see whole.</summary>
    public bool Sample { get; init; }

    /// <summary>The exit code, when the program exited.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended the program, when one did.</summary>
    public int? Signal { get; init; }

    /// <summary>For judges: what the checker said (judgemessage.txt), or why the verdict is what it is.</summary>
    public string? JudgeMessage { get; init; }

    /// <summary>For the contestant: what the checker chose to tell (teammessage.txt).</summary>
    public string? TeamMessage { get; init; }

    /// <summary>The points earned, in scoring problems.</summary>
    public double? Score { get; init; }
}
