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
        if (submission.Verdicts is { } whole && !whole.Contains(result.Verdict))
            mismatches.Add($"the verdict is {result.Verdict.ShortName()}, expected {Names(whole)}");
        AddVerdicts(mismatches, "", submission.Permitted, submission.Required, Outcomes(result, null));
        foreach (var rule in submission.Rules)
            AddRule(mismatches, rule, result);
        if (submission.PartiallyAccepted && result.Verdict != Verdict.Accepted)
            mismatches.Add($"should be accepted with less than the best score, is {result.Verdict.ShortName()}");
        else if (submission.PartiallyAccepted && result.Groups.FirstOrDefault(g => g.Name.Length == 0)?.MaximumScore is { } best && result.Score >= best)
            mismatches.Add(string.Create(CultureInfo.InvariantCulture, $"should have less than the best score, has {result.Score}"));
        if (submission.GroupVerdicts is { } groups)
            AddGroups(mismatches, groups, [.. result.Groups.Where(g => g.Name.StartsWith("secret/", StringComparison.Ordinal) && g.Name.LastIndexOf('/') == "secret".Length)]);

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
        if (rule.Score is { } range)
            AddScores(mismatches, where, range, rule.Cases is { } pattern ? [.. result.Groups.Where(g => pattern.MatchesExactly(g.Name)).Select(g => g.Score)] : [result.Score ?? 0]);
        var messages = result.Testcases.Where(t => rule.Cases?.Matches(t.Testcase) != false).Select(t => t.JudgeMessage)
            .Concat(result.StaticValidations.Where(v => rule.Cases?.Matches(v.Group) != false).Select(v => v.JudgeMessage));
        if (rule.Message is { } message && !messages.Any(m => m?.Contains(message, StringComparison.Ordinal) == true))
            mismatches.Add($"no judge message contains \"{message}\"{where}");
    }

    private static void AddScores(List<string> mismatches, string where, ScoreRange range, IReadOnlyList<double> scores)
    {
        if (scores.Count == 0)
            mismatches.Add($"no test group to have a score{where}");
        foreach (var score in scores.Where(s => !range.Contains(s, 1e-6)))
            mismatches.Add(string.Create(CultureInfo.InvariantCulture, $"score {score} is outside {range.Low} to {range.High}{where}"));
    }

    private static void AddGroups(List<string> mismatches, IReadOnlyList<IReadOnlySet<Verdict>> expected, IReadOnlyList<GroupResult> groups)
    {
        if (groups.Count != expected.Count)
            mismatches.Add($"@EXPECTED_GRADES@ names {expected.Count} test groups, there are {groups.Count}");
        else
            mismatches.AddRange(groups.Zip(expected).Where(p => !p.Second.Contains(p.First.Verdict)).Select(p => $"{p.First.Verdict.ShortName()} on {p.First.Name}, allowed: {Names(p.Second)}"));
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
        // Static validation is one more testcase of its group.
        ran.AddRange(result.StaticValidations.Where(v => cases is null || cases.Matches(v.Group)).Select(v => ($"the source ({v.Group})", v.Verdict)));
        // What decides without any testcase: a compile error.
        return ran.Count == 0 && cases is null ? [("compilation", result.Verdict)] : ran;
    }

    private static string Names(IReadOnlySet<Verdict> verdicts) => string.Join(" or ", verdicts.Order().Select(v => v.ShortName()));

    private static string? FirstMessage(JudgingResult result, Verdict verdict) => result.Testcases.FirstOrDefault(t => t.Verdict == verdict)?.JudgeMessage;
}
