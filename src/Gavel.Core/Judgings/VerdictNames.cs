namespace Gavel.Core.Judgings;

/// <summary>The field's short names of verdicts.</summary>
public static class VerdictNames
{
    /// <summary>The short name: AC, WA, TLE, MLE, RTE, OLE, CE, SV, JE, and SKIP for <see cref="Verdict.Skipped"/>.</summary>
    public static string ShortName(this Verdict verdict) => verdict switch
    {
        Verdict.Accepted => "AC",
        Verdict.WrongAnswer => "WA",
        Verdict.TimeLimitExceeded => "TLE",
        Verdict.MemoryLimitExceeded => "MLE",
        Verdict.RunTimeError => "RTE",
        Verdict.OutputLimitExceeded => "OLE",
        Verdict.CompileError => "CE",
        Verdict.SecurityViolation => "SV",
        Verdict.Skipped => "SKIP",
        Verdict.JudgeError => "JE",
    };
}
