using System.Globalization;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;

namespace Gavel.Judging.Verification;

/// <summary>Holds a judging against what a package expects of the submission. Pure.</summary>
internal static class Expectations
{
    /// <summary>Every expectation that does not hold, in words.</summary>
    public static IReadOnlyList<string> Mismatches(PackageSubmission submission, JudgingResult result)
    {
        if (result.Verdict == Verdict.JudgeError)
            return [$"judge error: {result.JudgeErrorReason ?? FirstMessage(result, Verdict.JudgeError) ?? "no reason given"}"];

        var mismatches = new List<string>();
        AddVerdicts(mismatches, "", submission.Permitted, submission.Required, Outcomes(result, null));
        foreach (var rule in submission.Rules)
            AddRule(mismatches, rule, result);
        if (submission.PartiallyAccepted && result.Verdict != Verdict.Accepted)
            mismatches.Add($"should be accepted with less than the best score, is {result.Verdict.ShortName()}");

        return mismatches;
    }

    /// <summary>True when the outcome can depend on testcases after the first failure.</summary>
    public static bool NeedEveryTestcase(Problem problem, PackageSubmission submission) =>
        problem.Type.HasFlag(ProblemType.Scoring)
        || submission.Rules.Count > 0
        || submission.GroupVerdicts is not null
        || !problem.FormatVersion.StartsWith("legacy", StringComparison.Ordinal) && !submission.Permitted.Contains(Verdict.TimeLimitExceeded) && submission.Permitted.Count > 0;

    private static void AddRule(List<string> mismatches, SubmissionRule rule, JudgingResult result)
    {
        var where = rule.Cases is null ? $" ({rule.Source})" : $" on {rule.Cases} ({rule.Source})";
        AddVerdicts(mismatches, where, rule.Permitted, rule.Required, Outcomes(result, rule.Cases));
        if (rule.Score is { } range && rule.Cases is null && !range.Contains(result.Score ?? 0))
            mismatches.Add(string.Create(CultureInfo.InvariantCulture, $"score {result.Score ?? 0} is outside {range.Low} to {range.High}{where}"));
        if (rule.Message is { } message && !result.Testcases.Any(t => t.JudgeMessage?.Contains(message, StringComparison.OrdinalIgnoreCase) == true))
            mismatches.Add($"no judge message contains \"{message}\"{where}");
    }

    private static void AddVerdicts(List<string> mismatches, string where, IReadOnlySet<Verdict> permitted, IReadOnlySet<Verdict> required, List<(string Case, Verdict Verdict)> outcomes)
    {
        if (permitted.Count > 0 && outcomes.FirstOrDefault(o => !permitted.Contains(o.Verdict)) is { Case: not null } offender)
            mismatches.Add($"{offender.Verdict.ShortName()} on {offender.Case}, allowed: {Names(permitted)}{where}");
        if (required.Count > 0 && !outcomes.Any(o => required.Contains(o.Verdict)))
            mismatches.Add($"never {Names(required)}{where}");
    }

    private static List<(string Case, Verdict Verdict)> Outcomes(JudgingResult result, Glob? cases)
    {
        var ran = result.Testcases.Where(t => t.Verdict != Verdict.Skipped && (cases is null || cases.Matches(t.Testcase))).Select(t => (t.Testcase, t.Verdict)).ToList();
        // What decides without any testcase: a compile error, a static validator.
        return ran.Count == 0 && cases is null ? [("compilation", result.Verdict)] : ran;
    }

    private static string Names(IReadOnlySet<Verdict> verdicts) => string.Join(" or ", verdicts.Order().Select(v => v.ShortName()));

    private static string? FirstMessage(JudgingResult result, Verdict verdict) => result.Testcases.FirstOrDefault(t => t.Verdict == verdict)?.JudgeMessage;
}
