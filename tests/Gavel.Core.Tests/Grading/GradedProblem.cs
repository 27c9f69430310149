using Gavel.Core.Grading;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;

namespace Gavel.Core.Tests.Grading;

/// <summary>Builds problems that consist of groups only, and grades them.</summary>
internal static class GradedProblem
{
    public static TestGroup Group(string name, GroupGrading grading, params object[] children) =>
        new(name, [.. children.OfType<string>().Select(c => new Testcase($"{name}/{c}", "in", "ans"))], [.. children.OfType<TestGroup>()]) { Grading = grading };

    public static Problem Problem(ProblemType type, params TestGroup[] groups) => Problem(type, new GroupGrading.AllMustPass(), groups);

    public static Problem Problem(ProblemType type, GroupGrading root, params TestGroup[] groups) => new()
    {
        Slug = "graded",
        Folder = "/graded",
        FormatVersion = "2025-09",
        Type = type,
        Names = new Dictionary<string, string> { ["en"] = "Graded" },
        Limits = new(),
        Data = new("", [], groups) { Grading = root },
        ValidatorScores = true,
    };

    /// <summary>Grades as a judge does that runs one needed testcase after the other.</summary>
    public static Task<GradeReport> Grade(Problem problem, Func<string, CaseOutcome> judge, RunGrader? grader = null) => Grade(problem, judge, problem.Testcases.Select(t => t.Name), skipUnneeded: true, grader);

    public static async Task<GradeReport> Grade(Problem problem, Func<string, CaseOutcome> judge, IEnumerable<string> order, bool skipUnneeded, RunGrader? grader = null)
    {
        var tree = new GradingTree(problem, grader);
        foreach (var name in order)
        {
            if (!skipUnneeded || tree.IsNeeded(name))
                await tree.RecordAsync(name, judge(name), CancellationToken.None);
        }

        return await tree.FinishAsync(CancellationToken.None);
    }

    public static Func<string, CaseOutcome> Fails(params string[] failing) => name => new(failing.Contains(name) ? Verdict.WrongAnswer : Verdict.Accepted);
}
