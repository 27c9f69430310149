using System.Globalization;
using Gavel.Core.Problems;
using Gavel.Packages.Import;

namespace Gavel.Packages.Export;

/// <summary>
/// Says legacy grading in 2025-09 words, where the score of every submission stays the same: sums of groups that count their worst testcase, their sum, their
/// average or their best one. What depends on the order of testcases, on graders, or on a score for the sample is refused with its reason.
/// </summary>
internal sealed class LegacyScores(Problem problem, ModernPackageWriter writer, Action<string, string> refuse)
{
    private static readonly string[] s_tolerant = ["accept_if_any_accepted", "always_accept"];

    /// <summary>Writes the groups' files; nothing when something was refused.</summary>
    public void Write()
    {
        if (problem.Data.SelfAndGroups.Any(g => Of(g).Domjudge is not null))
            Refuse("data", "the groups are scored as DOMjudge does");
        else if (problem.Data.Groups.FirstOrDefault(g => g.Name == "secret") is { } secret && SampleIsIdle())
            WriteSecret(secret);
    }

    // 2025-09 never scores the sample.
    private bool SampleIsIdle()
    {
        var root = Of(problem.Data);
        if (problem.Data.Groups.FirstOrDefault(g => g.Name == "sample") is not { } sample || root.GraderFlags.Contains("ignore_sample"))
            return true;
        if (!problem.ValidatorScores && sample.SelfAndGroups.All(g => Of(g) is { AcceptScore: 0, RejectScore: 0 }) && !root.BreakOnReject && Tolerant(root))
            return true;

        Refuse("data", "the sample counts for the score; ignore_sample says that it does not");
        return false;
    }

    private void WriteSecret(TestGroup secret)
    {
        var grading = Of(secret);
        if (secret.Groups.Count == 0)
        {
            // Without leave to fail, a single rejected testcase takes all points.
            if (Plan(secret) is { } whole)
                Group("secret", whole.Maximum, Tolerant(grading) || whole.Aggregation == "min" ? whole.Aggregation : "pass-fail", [], whole.Best);
            return;
        }

        if (secret.Testcases.Count > 0 || ScoreMode(grading) != "sum")
        {
            Refuse("data/secret", secret.Testcases.Count > 0 ? "it holds both testcases and groups" : $"it counts the {ScoreMode(grading)} of its groups; 2025-09 adds them up");
            return;
        }

        var plans = secret.Groups.Select(g => (Group: g, Plan: Plan(g))).ToList();
        if (plans.Exists(p => p.Plan is null))
            return;
        if ((!Tolerant(grading) || grading.BreakOnReject) && plans.Exists(p => p.Plan!.Value.Aggregation != "pass-fail"))
        {
            Refuse("data/secret", "a rejected group ends the judging or takes all points, while groups give parts of theirs");
            return;
        }

        Group("secret", plans.Sum(p => p.Plan!.Value.Maximum), Tolerant(grading) ? "sum" : "pass-fail", [], best: false);
        for (var i = 0; i < plans.Count; i++)
        {
            var (maximum, aggregation, best) = plans[i].Plan!.Value;
            // on_reject: break among groups: what comes after a rejected one is not judged.
            Group(plans[i].Group.Name, maximum, aggregation, grading.BreakOnReject && Tolerant(grading) && i > 0 ? [plans[i - 1].Group.Name] : [], best);
        }

        writer.Converted("points", string.Create(CultureInfo.InvariantCulture, $"{plans.Sum(p => p.Plan!.Value.Maximum)} points in {plans.Count} groups"));
    }

    /// <summary>How a group without groups says its points; null, refused, when it cannot.</summary>
    private (double Maximum, string Aggregation, bool Best)? Plan(TestGroup group)
    {
        var grading = Of(group);
        var (mode, count) = (ScoreMode(grading), group.Testcases.Count);
        var every = Tolerant(grading) && !grading.BreakOnReject;
        (double, string, bool)? plan = (mode, count) switch
        {
            _ when group.Groups.Count > 0 => Refuse($"data/{group.Name}", "test groups do not nest in 2025-09"),
            _ when grading.CustomGrader => Refuse($"data/{group.Name}", "2025-09 has no graders"),
            _ when grading.RejectScore != 0 => Refuse($"data/{group.Name}", "rejected testcases have points (reject_score)"),
            _ when grading.AcceptScore < 0 || problem.ValidatorScores && grading.Range.Low < 0 => Refuse($"data/{group.Name}", "points are below 0"),
            ("min", _) or (_, 1) when problem.ValidatorScores => double.IsFinite(grading.Range.High) ? (grading.Range.High, "min", false) : Refuse($"data/{group.Name}", "the validator gives scores and 'range' names no highest one"),
            _ when problem.ValidatorScores => Refuse($"data/{group.Name}", $"the validator gives scores and the group counts their {mode}; in 2025-09 each testcase has an equal share"),
            ("min", _) or (_, 1) => (grading.AcceptScore, "pass-fail", false),
            (_, 0) => (0, "pass-fail", false),
            _ when !every && group.Name == "secret" && !Tolerant(grading) => (mode == "sum" ? count * grading.AcceptScore : grading.AcceptScore, "pass-fail", false),
            _ when !every => Refuse($"data/{group.Name}", $"it counts the {mode} of the testcases until the first that is rejected; say on_reject: continue and accept_if_any_accepted"),
            ("sum", _) => (count * grading.AcceptScore, "sum", false),
            ("avg", _) => (grading.AcceptScore, "sum", false),
            _ => (grading.AcceptScore, "min", true),
        };
        return plan is { } made && Math.Abs(made.Item1 - Math.Round(made.Item1)) > 1e-9 ? Refuse($"data/{group.Name}", string.Create(CultureInfo.InvariantCulture, $"its {made.Item1} points are no whole number")) : plan;
    }

    private void Group(string name, double maximum, string aggregation, IReadOnlyList<string> required, bool best)
    {
        writer.WriteGroup(name, [string.Create(CultureInfo.InvariantCulture, $"max_score: {Math.Round(maximum)}"), $"score_aggregation: {aggregation}", .. required.Count > 0 ? [$"require_pass: [{string.Join(", ", required)}]"] : Array.Empty<string>()]);
        if (best)
            writer.Aggregations[name] = "max";
    }

    private (double, string, bool)? Refuse(string file, string reason)
    {
        refuse(file, $"Legacy grading that 2025-09 cannot say: {reason}.");
        return null;
    }

    private static GroupGrading.Legacy Of(TestGroup group) => (GroupGrading.Legacy)group.Grading;

    private static bool Tolerant(GroupGrading.Legacy grading) => grading.GraderFlags.Any(s_tolerant.Contains);

    private static string ScoreMode(GroupGrading.Legacy grading) => grading.GraderFlags.LastOrDefault(f => f is "sum" or "avg" or "min" or "max", "sum");
}
