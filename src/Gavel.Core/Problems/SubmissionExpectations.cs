using System.Globalization;
using Gavel.Core.Judgings;

namespace Gavel.Core.Problems;

/// <summary>Compares what a package's submission earned with what it must earn.</summary>
public static class SubmissionExpectations
{
    /// <summary>Every expectation that the judging does not meet, in words; empty when it earned what it must.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="problem">Its problem.</param>
    /// <param name="result">A judging of it in which every testcase was run that can be run.</param>
    public static IReadOnlyList<string> Mismatches(PackageSubmission submission, Problem problem, JudgingResult result)
    {
        if (result.Verdict == Verdict.JudgeError)
            return [$"judge error: {result.JudgeErrorReason ?? "no reason given"}"];
        if (result.Verdict == Verdict.CompileError)
            return MayFailToCompile(submission) ? [] : ["it does not compile"];

        var judged = result.Testcases.Where(t => t.Verdict != Verdict.Skipped).ToList();
        var mismatches = new List<string>();
        if (submission.Verdicts is { } whole && !whole.Contains(result.Verdict))
            mismatches.Add($"the verdict is {result.Verdict.ShortName()}, expected {Names(whole)}");
        CheckVerdicts(judged, submission.Permitted, submission.Required, "", mismatches);
        foreach (var rule in submission.Rules)
            CheckRule(rule, result, judged, mismatches);
        if (submission.PartiallyAccepted)
            CheckPartial(problem, result, mismatches);
        if (submission.GroupVerdicts is { } expected)
            CheckGroups(expected, problem, result, mismatches);
        return mismatches;
    }

    private static bool MayFailToCompile(PackageSubmission submission) =>
        submission.Required.Contains(Verdict.CompileError) || submission.Verdicts?.Contains(Verdict.CompileError) == true
        || submission.Verdicts is null && submission.Required.Count == 0 && submission.Permitted.Count == 0 && submission.Rules.Count == 0 && !submission.PartiallyAccepted && submission.GroupVerdicts is null;

    private static void CheckVerdicts(List<TestcaseResult> judged, IReadOnlySet<Verdict> permitted, IReadOnlySet<Verdict> required, string where, List<string> mismatches)
    {
        if (permitted.Count > 0 && judged.Find(t => !permitted.Contains(t.Verdict)) is { } wrong)
            mismatches.Add($"{wrong.Testcase} is {wrong.Verdict.ShortName()}, only {Names(permitted)} permitted{where}");
        if (required.Count > 0 && !judged.Exists(t => required.Contains(t.Verdict)))
            mismatches.Add($"no testcase is {Names(required)}{where}");
    }

    private static void CheckRule(SubmissionRule rule, JudgingResult result, List<TestcaseResult> judged, List<string> mismatches)
    {
        var where = $" ({rule.Source}{(rule.Cases is null ? "" : $", {rule.Cases}")})";
        var about = rule.Cases is { } cases ? judged.FindAll(t => cases.Matches(t.Testcase)) : judged;
        CheckVerdicts(about, rule.Permitted, rule.Required, where, mismatches);
        if (rule.Message is { Length: > 0 } message && !about.Exists(t => t.JudgeMessage?.Contains(message, StringComparison.Ordinal) == true))
            mismatches.Add($"no judge message contains '{message}'{where}");
        if (rule.Score is not { } range)
            return;

        var scores = rule.Cases is { } groups ? result.Groups.Where(g => groups.MatchesExactly(g.Name)).Select(g => g.Score).ToList() : [result.Score ?? 0];
        if (scores.Count == 0)
            mismatches.Add($"there is no test group to have a score{where}");
        foreach (var score in scores.Where(s => !range.Contains(s, 1e-6)))
            mismatches.Add(string.Create(CultureInfo.InvariantCulture, $"the score is {score}, expected {(range.Low == range.High ? $"{range.Low}" : $"{range.Low} to {range.High}")}{where}"));
    }

    private static void CheckPartial(Problem problem, JudgingResult result, List<string> mismatches)
    {
        if (result.Verdict != Verdict.Accepted)
            mismatches.Add($"the verdict is {result.Verdict.ShortName()}, expected AC with less than all points");
        else if (problem.Data.Grading is GroupGrading.Legacy { Range: var range }
            && (problem.LowerScoreIsBetter ? result.Score <= range.Low : result.Score >= range.High))
            mismatches.Add(string.Create(CultureInfo.InvariantCulture, $"the score is {result.Score}, the best there is"));
    }

    private static void CheckGroups(IReadOnlyList<IReadOnlySet<Verdict>> expected, Problem problem, JudgingResult result, List<string> mismatches)
    {
        var groups = problem.Data.Groups.FirstOrDefault(g => g.Name == "secret")?.Groups ?? [];
        if (groups.Count != expected.Count)
        {
            mismatches.Add($"@EXPECTED_GRADES@ names {expected.Count} groups, but there are {groups.Count}");
            return;
        }

        foreach (var (group, verdicts) in groups.Zip(expected))
        {
            var got = result.Groups.FirstOrDefault(g => g.Name == group.Name)?.Verdict ?? Verdict.Skipped;
            if (!verdicts.Contains(got))
                mismatches.Add($"{group.Name} is {got.ShortName()}, expected {Names(verdicts)}");
        }
    }

    private static string Names(IReadOnlySet<Verdict> verdicts) => string.Join(" or ", verdicts.Select(v => v.ShortName()));
}
