using System.Globalization;
using Gavel.Core;
using Gavel.Core.Judgings;

namespace Gavel.Server.Ui;

/// <summary>How pages word verdicts, stages and measurements.</summary>
internal static class VerdictText
{
    public static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Accepted => "Accepted",
        Verdict.WrongAnswer => "Wrong answer",
        Verdict.TimeLimitExceeded => "Time limit exceeded",
        Verdict.MemoryLimitExceeded => "Memory limit exceeded",
        Verdict.RunTimeError => "Run-time error",
        Verdict.OutputLimitExceeded => "Output limit exceeded",
        Verdict.CompileError => "Compile error",
        Verdict.SecurityViolation => "Security violation",
        Verdict.Skipped => "Not run",
        Verdict.JudgeError => "Judge error",
    };

    /// <summary>What the contestant can take from the verdict; null where the word says it all.</summary>
    public static string? Advice(Verdict verdict) => verdict switch
    {
        Verdict.TimeLimitExceeded => "The program used more CPU time than allowed on one test.",
        Verdict.MemoryLimitExceeded => "The program needed more memory than allowed on one test.",
        Verdict.RunTimeError => "The program ended with an error: a non-zero exit code or a signal.",
        Verdict.OutputLimitExceeded => "The program wrote more than allowed on one test.",
        Verdict.CompileError => "The compiler refused the source; what it said is below.",
        Verdict.SecurityViolation => "The program tried something that no solution needs.",
        Verdict.JudgeError => "The judge failed, not your program. The operators see it; it may be judged again.",
        _ => null,
    };

    public static string Stage(JudgingStage stage) => stage switch
    {
        JudgingStage.Queued => "Waiting for a judge",
        JudgingStage.Compiling => "Compiling",
        JudgingStage.Running => "Running",
        JudgingStage.Done => "Done",
    };

    /// <summary>A mark that fits into a cell of the strip.</summary>
    public static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Accepted => "✓",
        Verdict.Skipped => "–",
        _ => verdict.ShortName(),
    };

    /// <summary><c>12 ms</c>, <c>1.50 s</c>.</summary>
    public static string Duration(TimeSpan time) => time < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");

    /// <summary>Measured memory: <c>12.5 MiB</c>. The kernel counts in batches of pages, so that less than a mebibyte is no figure worth telling.</summary>
    public static string Memory(Bytes memory) => memory.Mebibytes < 1
        ? "< 1 MiB"
        : string.Create(CultureInfo.InvariantCulture, $"{memory.Mebibytes:0.#} MiB");

    /// <summary>A limit as problems state it: <c>2 s</c>, <c>0.5 s</c>.</summary>
    public static string Limit(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
}
