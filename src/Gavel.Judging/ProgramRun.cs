using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Judging.Languages;

namespace Gavel.Judging;

/// <summary>A program to be executed once, without a problem.</summary>
public sealed record ProgramRun
{
    /// <summary>The language.</summary>
    public required Language Language { get; init; }

    /// <summary>The source files, at least one; the first is the main one.</summary>
    public required IReadOnlyList<SourceFile> Files { get; init; }

    /// <summary>Standard input.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Command line arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The limits.</summary>
    public ProgramLimits Limits { get; init; } = new();
}

/// <summary>Limits of a run, before the language's factors.</summary>
public sealed record ProgramLimits
{
    /// <summary>CPU time.</summary>
    public TimeSpan CpuTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time on the clock; null follows from <see cref="CpuTime"/>.</summary>
    public TimeSpan? WallTime { get; init; }

    /// <summary>Memory.</summary>
    public Bytes Memory { get; init; } = Bytes.FromMebibytes(512);

    /// <summary>Standard output; standard error is cut at the same length.</summary>
    public Bytes Output { get; init; } = Bytes.FromMebibytes(1);
}
