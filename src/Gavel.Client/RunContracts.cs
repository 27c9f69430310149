namespace Gavel.Client;

/// <summary>A program to execute.</summary>
/// <param name="Language">Language id; null when the file names tell it.</param>
/// <param name="Files">The source files; the first is the main one.</param>
public sealed record NewRun(string? Language, IReadOnlyList<SourceText> Files)
{
    /// <summary>Standard input.</summary>
    public string? Stdin { get; init; }

    /// <summary>How <see cref="Stdin"/> is written: <c>text</c> or <c>base64</c>.</summary>
    public string StdinEncoding { get; init; } = "text";

    /// <summary>Command line arguments.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>Where the program starts: a class in Java, else one of the files. Null: found by the language's rule.</summary>
    public string? EntryPoint { get; init; }

    /// <summary>Flags for the compiler, one argument each, from those that the language allows.</summary>
    public IReadOnlyList<string>? CompilerFlags { get; init; }

    /// <summary>What the program may use; null for the server's defaults.</summary>
    public RunLimits? Limits { get; init; }

    /// <summary>Environment variables of the program.</summary>
    public IReadOnlyDictionary<string, string>? Env { get; init; }

    /// <summary>What it should print; the outcome is <c>wrongAnswer</c> when it prints something else.</summary>
    public string? ExpectedOutput { get; init; }

    /// <summary>How <see cref="ExpectedOutput"/> is written: <c>text</c> or <c>base64</c>.</summary>
    public string ExpectedOutputEncoding { get; init; } = "text";

    /// <summary>True to write standard error into standard output.</summary>
    public bool MergeStderr { get; init; }
}

/// <summary>Limits of a run; what is null has the server's default.</summary>
/// <param name="CpuTimeMs">CPU time in milliseconds.</param>
/// <param name="WallTimeMs">Wall time in milliseconds.</param>
/// <param name="MemoryBytes">Memory in bytes.</param>
/// <param name="OutputBytes">Bytes of standard output.</param>
/// <param name="StackBytes">The main thread's stack in bytes.</param>
/// <param name="Processes">Processes and threads at the same time.</param>
public sealed record RunLimits(
    double? CpuTimeMs = null, double? WallTimeMs = null, long? MemoryBytes = null, long? OutputBytes = null, long? StackBytes = null, int? Processes = null);

/// <summary>A place in the queue.</summary>
/// <param name="Position">1 for the next one.</param>
/// <param name="EstimatedStart">When it will start at the present pace; null when that is not known.</param>
public sealed record QueuePlace(long Position, DateTimeOffset? EstimatedStart);

/// <summary>A run with its outcome.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Language">Language id.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="Status"><c>queued</c>, <c>compiling</c>, <c>running</c> or <c>done</c>.</param>
public sealed record Run(Guid Id, string Language, DateTimeOffset CreatedAt, string Status)
{
    /// <summary>Where it waits, while it is queued.</summary>
    public QueuePlace? Queue { get; init; }

    /// <summary>True when it ended.</summary>
    public bool Done => Status == "done";

    /// <summary><c>ok</c>, <c>compileError</c>, <c>runTimeError</c>, <c>timeLimitExceeded</c>, ..., when done.</summary>
    public string? Outcome { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>What the compiler wrote.</summary>
    public string? CompilerOutput { get; init; }

    /// <summary>Standard output as text.</summary>
    public string? Stdout { get; init; }

    /// <summary>Standard output in base64, when it is not UTF-8.</summary>
    public string? StdoutBase64 { get; init; }

    /// <summary>True when standard output was cut at its limit.</summary>
    public bool StdoutTruncated { get; init; }

    /// <summary>Standard error as text.</summary>
    public string? Stderr { get; init; }

    /// <summary>Standard error in base64, when it is not UTF-8.</summary>
    public string? StderrBase64 { get; init; }

    /// <summary>True when standard error was cut at its limit.</summary>
    public bool StderrTruncated { get; init; }

    /// <summary>The exit code.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended the program.</summary>
    public int? Signal { get; init; }

    /// <summary>CPU time in milliseconds.</summary>
    public double? CpuTimeMs { get; init; }

    /// <summary>Wall time in milliseconds.</summary>
    public double? WallTimeMs { get; init; }

    /// <summary>Peak memory in bytes.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>Anything worth telling.</summary>
    public string? Message { get; init; }

    /// <summary>Where and with what it ran.</summary>
    public JudgingRecord? Record { get; init; }
}
