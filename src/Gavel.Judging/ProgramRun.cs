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

    /// <summary>The entry point, where the author names it (a class in Java, else a file); null to find it by the language's rule.</summary>
    public string? EntryPoint { get; init; }

    /// <summary>Flags that the author adds to the compiler's; each must be on the language's list.</summary>
    public IReadOnlyList<string> CompilerFlags { get; init; } = [];

    /// <summary>What the compilation may use; null for what its language allows.</summary>
    public CompileCaps? CompileCaps { get; init; }

    /// <summary>Standard input.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Files that lie in its working folder while it runs; relative names.</summary>
    public IReadOnlyList<SourceFile> WorkFiles { get; init; } = [];

    /// <summary>Absolute path of a host folder that gets the regular files it leaves in its working folder; null when nobody wants them.</summary>
    public string? CollectTo { get; init; }

    /// <summary>Command line arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The limits.</summary>
    public ProgramLimits Limits { get; init; } = new();

    /// <summary>Environment variables of the program, over those that its language sets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>True to write standard error into standard output.</summary>
    public bool MergeErrorOutput { get; init; }

    /// <summary>Live standard input and output, instead of <see cref="Input"/>; null for none.</summary>
    public ProgramStreams? Streams { get; init; }

    /// <summary>What it should print; null when nothing is expected.</summary>
    public ReadOnlyMemory<byte>? ExpectedOutput { get; init; }
}

/// <summary>Limits of a compilation below those of its language; null, or more than the language's, changes nothing.</summary>
/// <param name="CpuTime">CPU time.</param>
/// <param name="WallTime">Time on the clock.</param>
/// <param name="Memory">Memory.</param>
public sealed record CompileCaps(TimeSpan? CpuTime, TimeSpan? WallTime, Bytes? Memory);

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

    /// <summary>CPU time beyond the limit after which it is stopped; it exceeded the limit all the same.</summary>
    public TimeSpan ExtraCpuTime { get; init; }

    /// <summary>The main thread's stack; null for as much as memory allows.</summary>
    public Bytes? Stack { get; init; }

    /// <summary>Processes and threads at the same time; null for the language's own number.</summary>
    public int? Processes { get; init; }

    /// <summary>The largest file; null for as much as <see cref="Output"/>.</summary>
    public Bytes? FileSize { get; init; }
}
