using Gavel.Core;

namespace Gavel.Queue;

/// <summary>What a run may ask for beyond its source, input and limits. Everything has a value that changes nothing.</summary>
public sealed record RunSettings
{
    /// <summary>Nothing asked for.</summary>
    public static readonly RunSettings None = new();

    /// <summary>Environment variables of the program (not of the compiler), over those that its language sets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>CPU time that a program may use beyond its limit before it is stopped; it exceeded the limit all the same.</summary>
    public TimeSpan ExtraCpuTime { get; init; }

    /// <summary>The main thread's stack; null for as much as memory allows.</summary>
    public Bytes? Stack { get; init; }

    /// <summary>Processes and threads at the same time; null for the language's own number.</summary>
    public int? Processes { get; init; }

    /// <summary>The largest file; null for as much as the output limit. A language whose runtime needs more has more.</summary>
    public Bytes? FileSize { get; init; }

    /// <summary>True to write standard error into standard output, in the order in which the program writes.</summary>
    public bool MergeErrorOutput { get; init; }

    /// <summary>What the program should print, compared as a problem's answers are by default; null when nothing is expected.</summary>
    public ReadOnlyMemory<byte>? ExpectedOutput { get; init; }

    /// <summary>CPU time of the compilation; null, or more than its language's, for the language's own.</summary>
    public TimeSpan? CompileCpuTime { get; init; }

    /// <summary>Time of the compilation on the clock; likewise.</summary>
    public TimeSpan? CompileWallTime { get; init; }

    /// <summary>Memory of the compilation; likewise.</summary>
    public Bytes? CompileMemory { get; init; }

    /// <summary>True when standard input comes over a live connection to the server that judges it.</summary>
    public bool Interactive { get; init; }
}
