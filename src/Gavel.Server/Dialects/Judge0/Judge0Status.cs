using Gavel.Core.Judgings;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>Judge0's statuses. There is none for memory and output limits: Judge0 shows those as run-time errors.</summary>
internal static class Judge0Status
{
    public const int InQueue = 1, Processing = 2, Accepted = 3, WrongAnswer = 4, TimeLimit = 5, CompilationError = 6,
        Segv = 7, FileSize = 8, Fpe = 9, Abort = 10, NonZeroExit = 11, Other = 12, Internal = 13, ExecFormat = 14;

    public const int SigAbrt = 6, SigFpe = 8, SigKill = 9, SigSegv = 11, SigXfsz = 25;

    public static readonly IReadOnlyList<(int Id, string Description)> All =
    [
        (InQueue, "In Queue"), (Processing, "Processing"), (Accepted, "Accepted"), (WrongAnswer, "Wrong Answer"), (TimeLimit, "Time Limit Exceeded"),
        (CompilationError, "Compilation Error"), (Segv, "Runtime Error (SIGSEGV)"), (FileSize, "Runtime Error (SIGXFSZ)"), (Fpe, "Runtime Error (SIGFPE)"),
        (Abort, "Runtime Error (SIGABRT)"), (NonZeroExit, "Runtime Error (NZEC)"), (Other, "Runtime Error (Other)"), (Internal, "Internal Error"),
        (ExecFormat, "Exec Format Error"),
    ];

    public static string Description(int id) => All[id - 1].Description;

    /// <summary>The status of a run that is done.</summary>
    public static int Of(RunResult run, byte[]? expected) => run.Status switch
    {
        RunStatus.Ok => expected is null || SameText(expected, run.Output.Span) ? Accepted : WrongAnswer,
        RunStatus.CompileError => CompilationError,
        RunStatus.TimeLimitExceeded => TimeLimit,
        RunStatus.WrongAnswer => WrongAnswer,
        RunStatus.OutputLimitExceeded => FileSize,
        RunStatus.JudgeError => Internal,
        RunStatus.SecurityViolation => Other,
        RunStatus.RunTimeError or RunStatus.MemoryLimitExceeded => OfSignal(run.Signal ?? SignalOf(run.ExitCode), run.ExitCode),
    };

    /// <summary>A shell reports a signal as 128 + n; Judge0 runs everything in one, and reports the exit code.</summary>
    private static int? SignalOf(int? exitCode) => exitCode is null ? SigKill : null;

    private static int OfSignal(int? signal, int? exitCode) => signal switch
    {
        SigSegv => Segv,
        SigXfsz => FileSize,
        SigFpe => Fpe,
        SigAbrt => Abort,
        null when exitCode is not null => NonZeroExit,
        _ => Other,
    };

    /// <summary>Equal after trailing white space of each line and of the whole text is taken away.</summary>
    public static bool SameText(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual) => Strip(expected).AsSpan().SequenceEqual(Strip(actual));

    private static byte[] Strip(ReadOnlySpan<byte> text)
    {
        var stripped = new List<byte>(text.Length);
        foreach (var line in text.Split((byte)'\n'))
        {
            stripped.AddRange(text[line].TrimEnd(" \t\r\v\f\0"u8));
            stripped.Add((byte)'\n');
        }

        while (stripped.Count > 0 && stripped[^1] == '\n')
            stripped.RemoveAt(stripped.Count - 1);
        return [.. stripped];
    }
}
