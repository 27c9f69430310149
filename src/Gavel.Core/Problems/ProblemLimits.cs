namespace Gavel.Core.Problems;

/// <summary>Limits of a problem (problem.yaml <c>limits</c>); defaults are those of the ICPC package format.</summary>
public sealed record ProblemLimits
{
    /// <summary>CPU time per testcase (and pass), before the language's factor. Null when the package leaves it to be computed from its accepted submissions.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The smallest time limit is the slowest accepted submission times this (legacy <c>time_multiplier</c> 5, 2025-09 <c>ac_to_time_limit</c> 2).</summary>
    public double AcceptedToTimeLimit { get; init; } = 2.0;

    /// <summary>A submission that must exceed the limit takes at least the limit times this.</summary>
    public double TimeLimitToExceeded { get; init; } = 1.5;

    /// <summary>Computed time limits are multiples of this.</summary>
    public TimeSpan TimeResolution { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Memory of a submission.</summary>
    public Bytes Memory { get; init; } = Bytes.FromMebibytes(2048);

    /// <summary>Everything a submission may write: standard output, standard error and files.</summary>
    public Bytes Output { get; init; } = Bytes.FromMebibytes(8);

    /// <summary>Size of all source files.</summary>
    public Bytes Code { get; init; } = Bytes.FromKibibytes(128);

    /// <summary>CPU time of a compilation.</summary>
    public TimeSpan CompilationTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Memory of a compilation.</summary>
    public Bytes CompilationMemory { get; init; } = Bytes.FromMebibytes(2048);

    /// <summary>CPU time of one validator run.</summary>
    public TimeSpan ValidationTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Memory of a validator.</summary>
    public Bytes ValidationMemory { get; init; } = Bytes.FromMebibytes(2048);

    /// <summary>What a validator may write.</summary>
    public Bytes ValidationOutput { get; init; } = Bytes.FromMebibytes(8);

    /// <summary>The most passes of a multi-pass problem.</summary>
    public int ValidationPasses { get; init; } = 2;
}
