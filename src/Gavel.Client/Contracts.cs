namespace Gavel.Client;

/// <summary>A source file.</summary>
/// <param name="Name">File name, with <c>/</c> between folders.</param>
/// <param name="Content">The text, or base64 of the bytes.</param>
/// <param name="Encoding"><c>text</c> or <c>base64</c>.</param>
public sealed record SourceText(string Name, string Content, string Encoding = "text")
{
    /// <summary>A file from bytes: as text where it is UTF-8, else in base64.</summary>
    public static SourceText From(string name, ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes)
        ? new(name, System.Text.Encoding.UTF8.GetString(bytes))
        : new(name, Convert.ToBase64String(bytes), "base64");
}

/// <summary>A solution to hand in.</summary>
/// <param name="Problem">The problem's slug.</param>
/// <param name="Language">Language id; null when the file names tell it.</param>
/// <param name="Files">The source files; the first is the main one.</param>
public sealed record NewSubmission(string Problem, string? Language, IReadOnlyList<SourceText> Files)
{
    /// <summary>True to judge on after the first failing testcase.</summary>
    public bool RunAllTestcases { get; init; }

    /// <summary>Where the program starts: a class in Java, else one of the files. Null: found by the language's rule.</summary>
    public string? EntryPoint { get; init; }

    /// <summary>Flags for the compiler, one argument each, from those that the language allows.</summary>
    public IReadOnlyList<string>? CompilerFlags { get; init; }
}

/// <summary>Where and with what something was judged.</summary>
/// <param name="Host">The judge host.</param>
/// <param name="Kernel">Its kernel release.</param>
/// <param name="CompilerVersion">What the toolchain calls itself.</param>
/// <param name="CompileCommand">The compile command.</param>
/// <param name="PackageHash">The problem package.</param>
public sealed record JudgingRecord(string Host, string Kernel, string CompilerVersion, string CompileCommand, string PackageHash)
{
    /// <summary>The limits that decided.</summary>
    public RecordedLimits? Limits { get; init; }

    /// <summary>What isolated and measured the program.</summary>
    public RecordedCell? Cell { get; init; }
}

/// <summary>The limits a submission ran under, its language's factors included.</summary>
/// <param name="CpuTimeMs">CPU time per testcase, milliseconds.</param>
/// <param name="MemoryBytes">Memory in bytes.</param>
/// <param name="OutputBytes">Bytes of standard output.</param>
public sealed record RecordedLimits(double CpuTimeMs, long MemoryBytes, long OutputBytes);

/// <summary>What isolated and measured a program.</summary>
/// <param name="CgroupVersion"><c>v1</c> or <c>v2</c>.</param>
/// <param name="Layers">The layers of isolation that were on.</param>
/// <param name="Processor">The processor's model name.</param>
public sealed record RecordedCell(string CgroupVersion, IReadOnlyList<string> Layers, string Processor);

/// <summary>A submission and the judging that counts.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Problem">The problem's slug.</param>
/// <param name="Language">Language id.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="Status"><c>queued</c>, <c>compiling</c>, <c>running</c> or <c>done</c>.</param>
public sealed record Submission(Guid Id, string Problem, string Language, DateTimeOffset CreatedAt, string Status)
{
    /// <summary>Where it waits, while it is queued.</summary>
    public QueuePlace? Queue { get; init; }

    /// <summary>True when there is a verdict.</summary>
    public bool Done => Status == "done";

    /// <summary>AC, WA, TLE, MLE, RTE, OLE, CE, SV or JE, when done.</summary>
    public string? Verdict { get; init; }

    /// <summary>The points, in scoring problems.</summary>
    public double? Score { get; init; }

    /// <summary>When the verdict was recorded.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The largest CPU time over its testcases, in milliseconds.</summary>
    public double? CpuTimeMs { get; init; }

    /// <summary>The largest peak memory over its testcases, in bytes.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>What the compiler wrote.</summary>
    public string? CompilerOutput { get; init; }

    /// <summary>How each testcase went, when done.</summary>
    public IReadOnlyList<SubmissionTestcase>? Testcases { get; init; }

    /// <summary>Why the verdict is JE; for judges only.</summary>
    public string? JudgeErrorReason { get; init; }

    /// <summary>Where and with what it was judged.</summary>
    public JudgingRecord? Record { get; init; }
}

/// <summary>How a testcase went.</summary>
/// <param name="Ordinal">1-based position.</param>
/// <param name="Name">Name in the package.</param>
/// <param name="Sample">True for samples.</param>
/// <param name="Verdict">Short name; SKIP when it was not run.</param>
/// <param name="CpuTimeMs">CPU time in milliseconds.</param>
/// <param name="WallTimeMs">Wall time in milliseconds.</param>
/// <param name="PeakMemoryBytes">Peak memory in bytes.</param>
public sealed record SubmissionTestcase(int Ordinal, string Name, bool Sample, string Verdict, double CpuTimeMs, double WallTimeMs, long PeakMemoryBytes)
{
    /// <summary>The exit code.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended the program.</summary>
    public int? Signal { get; init; }

    /// <summary>What the checker tells the contestant.</summary>
    public string? Message { get; init; }

    /// <summary>What the checker tells judges; for judges only.</summary>
    public string? JudgeMessage { get; init; }

    /// <summary>Points, in scoring problems.</summary>
    public double? Score { get; init; }
}

/// <summary>One page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">The id that the next page starts before; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, Guid? Next);
