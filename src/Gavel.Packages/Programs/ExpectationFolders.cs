using Gavel.Core.Judgings;
using Gavel.Packages.Configuration;

namespace Gavel.Packages.Programs;

/// <summary>What the submissions in a folder must earn.</summary>
internal sealed record Expectation(IReadOnlySet<Verdict> Permitted, IReadOnlySet<Verdict> Required)
{
    public static readonly Expectation Nothing = new(Verdicts(), Verdicts());

    /// <summary>The verdicts that a format's words stand for. Its world has no MLE and OLE: dying of memory is a crash, too much output a crash or a wrong answer.</summary>
    public static IReadOnlySet<Verdict> Verdicts(params IEnumerable<string> words) => words.SelectMany(word => word switch
    {
        "AC" => new[] { Verdict.Accepted },
        "WA" => [Verdict.WrongAnswer, Verdict.OutputLimitExceeded],
        "TLE" => [Verdict.TimeLimitExceeded],
        "RTE" => [Verdict.RunTimeError, Verdict.MemoryLimitExceeded, Verdict.OutputLimitExceeded, Verdict.SecurityViolation],
        "MLE" => [Verdict.MemoryLimitExceeded, Verdict.RunTimeError],
        "OLE" => [Verdict.OutputLimitExceeded],
        "CE" => [Verdict.CompileError],
        _ => [],
    }).ToHashSet();
}

/// <summary>The folders of <c>submissions/</c> that mean something by their name.</summary>
internal static class ExpectationFolders
{
    /// <summary>The expectation of a folder; null when its name says nothing.</summary>
    public static Expectation? Find(string folder, PackageFormat format) => (folder, format.IsLegacy()) switch
    {
        ("accepted" or "partially_accepted", _) => Of(["AC"], folder == "accepted" ? ["AC"] : []) with { Permitted = folder == "accepted" ? Expectation.Verdicts("AC") : Expectation.Verdicts() },
        ("wrong_answer", _) => Of(["AC", "WA"], ["WA"]),
        ("time_limit_exceeded", true) => Of(["AC", "WA", "TLE"], ["TLE"]),
        ("time_limit_exceeded", false) => Of(["AC", "TLE"], ["TLE"]),
        ("run_time_error", true) => Of([], ["RTE"]),
        ("run_time_error", false) => Of(["AC", "RTE"], ["RTE"]),
        ("brute_force", _) => Of(["AC", "RTE", "TLE"], ["RTE", "TLE"]),
        ("rejected", _) => Of([], ["RTE", "TLE", "WA", "CE"]),
        // Common in the wild, though no version of the format has them.
        ("memory_limit_exceeded", _) => Of([], ["MLE"]),
        ("output_limit_exceeded", _) => Of([], ["OLE"]),
        ("compile_error" or "compiler_error", _) => Of([], ["CE"]),
        ("no_output", _) => Of(["AC", "WA"], ["WA"]),
        ("mixed" or "multiple", _) => Expectation.Nothing,
        _ => null,
    };

    private static Expectation Of(IEnumerable<string> permitted, IEnumerable<string> required) => new(Expectation.Verdicts(permitted), Expectation.Verdicts(required));
}
