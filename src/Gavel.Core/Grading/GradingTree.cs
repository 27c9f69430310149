using System.Globalization;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;

namespace Gavel.Core.Grading;

/// <summary>Runs a package's own grader on the results of a group's children, in judging order.</summary>
/// <param name="group">The group to grade.</param>
/// <param name="children">The results of those of its children that were judged.</param>
/// <param name="ct">Stops the work.</param>
/// <returns>The group's grade, or null when the grader crashed or printed something else (see <see cref="CustomGrader.Parse"/>).</returns>
public delegate ValueTask<Grade?> RunGrader(TestGroup group, IReadOnlyList<Grade> children, CancellationToken ct);

/// <summary>
/// Grades one judging while its testcases finish, in whatever order they do, and tells which ones still matter. Holds for pass-fail problems, for legacy
/// grading (on_reject, default and custom graders) and for 2025-09 scoring (aggregation, require_pass, static validation). The outcome depends on the
/// recorded results only, not on their order. Not thread-safe.
/// </summary>
public sealed class GradingTree
{
    private readonly Dictionary<string, Node> _cases = [];
    private readonly Dictionary<string, Node> _groups = [];
    private readonly RunGrader? _grader;
    private readonly Problem _problem;
    private readonly Node _root;

    /// <summary>Begins a judging.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="grader">Runs the package's own grader; only needed when a group says so.</param>
    public GradingTree(Problem problem, RunGrader? grader = null)
    {
        _problem = problem;
        _grader = grader;
        _root = Build(problem.Data, null, 0);
    }

    /// <summary>The name that a group's static validation goes by in <see cref="RecordAsync"/>. No testcase can have it.</summary>
    public static string StaticCase(string group) => $"{group}/(static)";

    /// <summary>False when the testcase's result cannot change anything any more, so that it need not be run.</summary>
    public bool IsNeeded(string testcase)
    {
        for (var node = _cases[testcase]; node.Parent is { } parent; node = parent)
        {
            if (node.Index > parent.StopsAfter || parent.Blocked)
                return false;
        }

        return true;
    }

    /// <summary>
    /// False while a testcase should wait: the groups that its own requires are not yet known to pass. Always true where nothing is required.
    /// </summary>
    public bool IsReady(string testcase)
    {
        for (var node = _cases[testcase].Parent; node is not null; node = node.Parent)
        {
            if (!RequirementsKnown(node))
                return false;
        }

        return true;
    }

    /// <summary>Records what a testcase came to. The first record of a testcase counts.</summary>
    /// <exception cref="KeyNotFoundException">The problem has no such testcase.</exception>
    public async ValueTask RecordAsync(string testcase, CaseOutcome outcome, CancellationToken ct)
    {
        var node = _cases[testcase];
        if (node.Result is not null)
            return;

        var (grade, error) = Score(node, outcome);
        node.Result = grade;
        node.Error = error is null ? null : $"{testcase}: {error}.";
        await SettleAsync(node.Parent!, node.Index, ct);
    }

    /// <summary>The outcome of the whole judging, with what is known. What was needed and not recorded counts as skipped.</summary>
    public async ValueTask<GradeReport> FinishAsync(CancellationToken ct)
    {
        foreach (var (name, node) in _cases)
        {
            if (node.Result is null && IsNeeded(name))
                await RecordAsync(name, new(Verdict.Skipped), ct);
        }

        var whole = _root.Result ?? new(Verdict.Accepted, 0);
        var scoring = _problem.Type.HasFlag(ProblemType.Scoring);
        var score = scoring ? ScoreOf(whole) : (double?)null;
        var groups = _groups.Values.Select(n => new GroupResult(n.Group!.Name, n.Result?.Verdict ?? Verdict.Skipped, n.Result?.Score ?? 0, MaximumOf(n))).ToList();
        var errors = _cases.Values.Concat(_groups.Values).Where(Counts).Select(n => n.Error).OfType<string>().ToList();
        return new(errors.Count > 0 ? Verdict.JudgeError : whole.Verdict, score, groups, errors.Count > 0 ? errors[0] : null);
    }

    /// <summary>True when the node's result went into the whole; results of testcases that were run without need do not.</summary>
    private static bool Counts(Node node)
    {
        for (; node.Parent is { } parent; node = parent)
        {
            if (parent.Blocked || node.Index >= parent.Known)
                return false;
        }

        return true;
    }

    private double ScoreOf(Grade whole)
    {
        if (_problem.Data.Grading is GroupGrading.Legacy legacy)
            return legacy.Domjudge is not null || whole.Verdict == Verdict.Accepted ? whole.Score : 0;

        return _groups.TryGetValue("secret", out var secret) ? secret.Result?.Score ?? 0 : 0;
    }

    private Node Build(TestGroup group, Node? parent, int index)
    {
        var node = new Node(parent, index) { Group = group };
        _groups[group.Name] = node;
        if (group.StaticValidation is { } validation)
        {
            var child = new Node(node, node.Children.Count) { StaticMaximum = validation.MaximumScore, Static = true };
            _cases[StaticCase(group.Name)] = child;
            node.Children.Add(child);
        }

        foreach (var element in group.Children)
        {
            var child = element is TestGroup inner ? Build(inner, node, node.Children.Count) : new Node(node, node.Children.Count);
            if (element is Testcase testcase)
                _cases[testcase.Name] = child;
            node.Children.Add(child);
        }

        // A group without any testcase is done before it begins.
        if (node.Children.All(c => c.Result is not null))
            node.Result = new(Verdict.Accepted, 0);
        return node;
    }

    private (Grade Grade, string? Error) Score(Node node, CaseOutcome outcome)
    {
        var group = node.Parent!.Group!;
        if (outcome.Verdict is Verdict.Skipped or Verdict.JudgeError)
            return (new(outcome.Verdict, 0), null);

        return group.Grading switch
        {
            GroupGrading.Legacy legacy => CaseScoring.Legacy(outcome, legacy, _problem.ValidatorScores, _problem.Type.HasFlag(ProblemType.Scoring)),
            GroupGrading.Points points => CaseScoring.Points(outcome, MaximumOf(node, points), points.Aggregation == ScoreAggregation.PassFail),
            _ => (new(outcome.Verdict, 0), null),
        };
    }

    private static double? MaximumOf(Node testcase, GroupGrading.Points points)
    {
        var group = testcase.Parent!.Group!;
        if (testcase.Static)
            return testcase.StaticMaximum;
        if (points.Aggregation is ScoreAggregation.Minimum or ScoreAggregation.Maximum or ScoreAggregation.Product || points.MaximumScore is null)
            return points.MaximumScore;

        return (points.MaximumScore - (group.StaticValidation?.MaximumScore ?? 0)) / Math.Max(1, group.Testcases.Count);
    }

    private static double? MaximumOf(Node group) => group.Group!.Grading switch
    {
        GroupGrading.Points points => points.MaximumScore,
        GroupGrading.Legacy { Range.High: var high } when double.IsFinite(high) => high,
        _ => null,
    };

    /// <summary>After the child at <paramref name="index"/> became known: closes the group when nothing more is needed, and so on upwards.</summary>
    private async ValueTask SettleAsync(Node group, int index, CancellationToken ct)
    {
        if (group.Result is not null)
            return;

        if (group.Children[index].Result!.Value.Verdict != Verdict.Accepted && Breaks(group, index))
            group.StopsAfter = Math.Min(group.StopsAfter, index);
        while (group.Known <= group.StopsAfter && group.Known < group.Children.Count && group.Children[group.Known].Result is not null)
            group.Known++;

        await CloseAsync(group, ct);
    }

    /// <summary>Closes the group when its children are judged as far as needed and what it requires has passed.</summary>
    private async ValueTask CloseAsync(Node group, CancellationToken ct)
    {
        var judged = group.Known == group.Children.Count || group.Known > group.StopsAfter;
        if (group.Result is not null || !judged || !RequirementsKnown(group))
            return;

        group.Result = await AggregateAsync(group, ct);
        foreach (var dependant in _groups.Values.Where(g => g.Result is null && g.Group!.RequirePass.Contains(group.Group!.Name)).ToList())
        {
            if (group.Result.Value.Verdict != Verdict.Accepted)
                await BlockAsync(dependant, ct);
            else
                await CloseAsync(dependant, ct);
        }

        if (group.Parent is { } parent)
            await SettleAsync(parent, group.Index, ct);
    }

    /// <summary>The group is not judged and has no points, because one that it requires failed.</summary>
    private async ValueTask BlockAsync(Node group, CancellationToken ct)
    {
        group.Blocked = true;
        group.Result = new(Verdict.Skipped, 0);
        foreach (var dependant in _groups.Values.Where(g => g.Result is null && g.Group!.RequirePass.Contains(group.Group!.Name)).ToList())
            await BlockAsync(dependant, ct);
        if (group.Parent is { } parent)
            await SettleAsync(parent, group.Index, ct);
    }

    private bool RequirementsKnown(Node group) => group.Group!.RequirePass.All(r => !_groups.TryGetValue(r, out var required) || required.Result is not null);

    /// <summary>True when a failed child makes the children after it pointless.</summary>
    private bool Breaks(Node group, int index) => group.Group!.Grading switch
    {
        // A sample that is ignored must not keep the secret data from being judged.
        GroupGrading.Legacy legacy => legacy.BreakOnReject && !(group.Parent is null && index < group.Children.Count - 1 && legacy.GraderFlags.Contains("ignore_sample")),
        GroupGrading.Points points => points.Aggregation is ScoreAggregation.PassFail or ScoreAggregation.Minimum or ScoreAggregation.Product && group.Children[index].Result!.Value.Score == 0,
        // In scoring problems the samples do not count, so the root goes on.
        _ => group.Parent is not null || !_problem.Type.HasFlag(ProblemType.Scoring),
    };

    private async ValueTask<Grade> AggregateAsync(Node group, CancellationToken ct)
    {
        var children = group.Children.Take(group.Known).Select(c => c.Result!.Value).ToList();
        switch (group.Group!.Grading)
        {
            case GroupGrading.Legacy { CustomGrader: true } when children.All(c => c.Verdict != Verdict.JudgeError):
                if (_grader is not null && await _grader(group.Group, children, ct) is { } grade)
                    return grade;
                group.Error = $"The grader failed on the results of {(group.Group.Name.Length == 0 ? "data" : group.Group.Name)}.";
                return new(Verdict.JudgeError, 0);
            case GroupGrading.Legacy { Domjudge: { } domjudge } legacy:
                var ignored = legacy.GraderFlags.Contains("ignore_sample") ? "sample" : null;
                var counted = group.Children.Take(group.Known).Where(c => c.Group is null || c.Group.Name != ignored).Select(c => (c.Result!.Value, ScoresForDomjudge(group, c)));
                return DefaultGrader.AggregateAsDomjudge(legacy.GraderFlags, group.Group.Groups.Count > 0 ? null : domjudge.GroupScore, [.. counted]);
            case GroupGrading.Legacy legacy:
                return DefaultGrader.Aggregate(legacy.GraderFlags, children);
            case GroupGrading.Points points:
                return AggregatePoints(group, points, children);
            default:
                return new(FirstFailure(children), 0);
        }
    }

    // Of a group with groups, only those, and of them only the configured ones.
    private static bool ScoresForDomjudge(Node group, Node child) => child.Group is { } inner ? inner.Grading is GroupGrading.Legacy { Domjudge.Counts: true } : group.Group!.Groups.Count == 0;

    private static Grade AggregatePoints(Node group, GroupGrading.Points points, List<Grade> children)
    {
        var verdict = FirstFailure(children);
        var score = points.Aggregation switch
        {
            ScoreAggregation.PassFail => verdict == Verdict.Accepted ? points.MaximumScore ?? 0 : 0,
            // What was not run because of an earlier failure has no points.
            ScoreAggregation.Minimum => children.Count < group.Children.Count ? 0 : children.Min(c => c.Score),
            ScoreAggregation.Maximum => children.Max(c => c.Score),
            ScoreAggregation.Product => children.Count < group.Children.Count || points.MaximumScore is not > 0 ? 0 : points.MaximumScore.Value * children.Aggregate(1.0, (product, c) => product * (c.Score / points.MaximumScore.Value)),
            ScoreAggregation.Sum => children.Sum(c => c.Score),
        };
        if (score > points.MaximumScore + 1e-6)
        {
            group.Error = string.Create(CultureInfo.InvariantCulture, $"{group.Group!.Name} scores {score}, more than its max_score {points.MaximumScore}.");
            return new(Verdict.JudgeError, 0);
        }

        return new(verdict, score);
    }

    /// <summary>The first verdict that is not accepted; one of a judged testcase before one of a skipped one.</summary>
    private static Verdict FirstFailure(List<Grade> children)
    {
        var failures = children.Select(c => c.Verdict).Where(v => v != Verdict.Accepted).ToList();
        if (failures.Contains(Verdict.JudgeError))
            return Verdict.JudgeError;

        return failures.Count == 0 ? Verdict.Accepted : failures.FirstOrDefault(v => v != Verdict.Skipped, Verdict.Skipped);
    }

    private sealed class Node(Node? parent, int index)
    {
        public Node? Parent => parent;

        public int Index => index;

        public TestGroup? Group { get; init; }

        public List<Node> Children { get; } = [];

        public bool Static { get; init; }

        public double? StaticMaximum { get; init; }

        public Grade? Result { get; set; }

        public string? Error { get; set; }

        /// <summary>Not judged, because of what it requires.</summary>
        public bool Blocked { get; set; }

        /// <summary>How many children from the first on are known.</summary>
        public int Known { get; set; }

        /// <summary>Index of the child after which the rest does not matter.</summary>
        public int StopsAfter { get; set; } = int.MaxValue;
    }
}

/// <summary>The outcome of grading.</summary>
/// <param name="Verdict">The verdict of the submission.</param>
/// <param name="Score">Its points; null in pass-fail problems.</param>
/// <param name="Groups">Every group, the whole first.</param>
/// <param name="JudgeErrorReason">Why grading failed; null when it did not.</param>
public sealed record GradeReport(Verdict Verdict, double? Score, IReadOnlyList<GroupResult> Groups, string? JudgeErrorReason);
