using System.Globalization;
using System.Text.RegularExpressions;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Import;

internal sealed partial class CmsImporter
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>The subtasks as test groups: <c>Sum</c>, <c>GroupMin</c>, <c>GroupMul</c> and <c>GroupThreshold</c>.</summary>
    /// <param name="yaml">task.yaml.</param>
    /// <param name="cases">The testcases in order; their codenames are 000, 001, ...</param>
    /// <param name="partial">True when outcomes may lie between 0 and 1.</param>
    private List<ScoredGroup> ReadGroups(YamlSection yaml, List<(string, string)> cases, bool partial)
    {
        var type = yaml.Text("score_type");
        if (type is not (null or "Sum" or "GroupMin" or "GroupMul" or "GroupThreshold"))
        {
            issues.Error("task.yaml", yaml.LineOf("score_type"), $"The score type {type} has no counterpart; Sum, GroupMin, GroupMul and GroupThreshold have.");
            return [];
        }

        var subtasks = type is "GroupMin" or "GroupMul" or "GroupThreshold" ? ReadParameters(yaml, cases.Count, type == "GroupThreshold")
            : type is null ? ReadGen(cases.Count) : null;
        if (subtasks is null)
        {
            // Sum: the parameter is what one testcase is worth.
            var each = type == "Sum" && yaml.Node("score_type_parameters") is YamlScalar { Value: var text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var worth) && worth > 0 ? worth : (double?)null;
            var all = new ScoredGroup(each * cases.Count ?? yaml.Number("total_value") ?? 100, "sum");
            all.Cases.AddRange(cases);
            return [all];
        }

        return [.. subtasks.Select(subtask =>
        {
            var group = new ScoredGroup(subtask.Points, !partial || type == "GroupThreshold" ? "pass-fail" : type == "GroupMul" ? "product" : "min")
            {
                ValidatorArguments = subtask.Threshold is { } threshold ? ["threshold", threshold.ToString("R", CultureInfo.InvariantCulture)] : [],
            };
            group.Cases.AddRange(subtask.Cases.Select(i => cases[i]));
            return group;
        })];
    }

    /// <summary>Lists <c>[points, count or pattern, threshold]</c>, or maps with max_score, testcases and threshold.</summary>
    private List<CmsSubtask>? ReadParameters(YamlSection yaml, int cases, bool threshold)
    {
        var result = new List<CmsSubtask>();
        var next = 0;
        foreach (var item in (yaml.Node("score_type_parameters") as YamlSequence)?.Items ?? [])
        {
            var parts = item switch
            {
                YamlSequence { Items: var items } => items.Select(i => (i as YamlScalar)?.Value).ToArray(),
                YamlMap map when new YamlSection(map, "task.yaml", issues) is var section => [section.Text("max_score"), section.Text("testcases"), section.Text("threshold")],
                _ => [],
            };
            var points = Number(parts.ElementAtOrDefault(0));
            var limit = threshold ? Number(parts.ElementAtOrDefault(2)) : null;
            if (points is null || parts.ElementAtOrDefault(1) is not { Length: > 0 } which || threshold && limit is null)
            {
                issues.Error("task.yaml", item.Line, $"A subtask must be [points, number of testcases or pattern{(threshold ? ", threshold" : "")}].");
                continue;
            }

            // Codenames begin with zeros, counts do not.
            var count = 0;
            var chosen = (which.Length == 1 || which[0] != '0') && int.TryParse(which, CultureInfo.InvariantCulture, out count) ? Enumerable.Range(next, Math.Clamp(count, 0, cases + 1)).ToList() : Matching(which, cases, item.Line);
            next += count;
            if (chosen.Count == 0)
                issues.Error("task.yaml", item.Line, $"'{which}' names no testcase.");
            else if (chosen[^1] >= cases)
                issues.Error("task.yaml", item.Line, $"The subtasks need more testcases than the {cases} that there are.");
            else
                result.Add(new(points.Value, chosen, limit));
        }

        if (issues.Errors.Count == 0 && result.SelectMany(r => r.Cases).Distinct().Count() is var used && used != cases)
            issues.Error("task.yaml", yaml.LineOf("score_type_parameters"), $"The subtasks have {used} testcases, but there are {cases}.");
        return result;

        static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && double.IsFinite(n) && n >= 0 ? n : null;
    }

    // As Python's re.match: anchored at the start only.
    private List<int> Matching(string pattern, int cases, int line)
    {
        try
        {
            var regex = new Regex($@"\A(?:{pattern})", RegexOptions.CultureInvariant, s_patience);
            return [.. Enumerable.Range(0, cases).Where(i => regex.IsMatch(i.ToString("000", CultureInfo.InvariantCulture)))];
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            issues.Error("task.yaml", line, $"'{pattern}' cannot be matched: {e.Message}");
            return [0];
        }
    }

    /// <summary>The subtasks of gen/GEN; null when they do not add up to 100, which means that every testcase counts alone.</summary>
    private List<CmsSubtask>? ReadGen(int cases)
    {
        if (_folder.File("gen/GEN") is not { } file)
            return null;

        var subtasks = new List<(double Points, int Count)>();
        foreach (var line in File.ReadLines(file).Select(l => l.Trim()))
        {
            if (Subtask().Match(line) is { Success: true } subtask)
                subtasks.Add((int.Parse(subtask.Groups[1].Value, CultureInfo.InvariantCulture), 0));
            else if (line.Length > 0 && (line[0] != '#' || Copied().IsMatch(line)) && subtasks.Count > 0)
                subtasks[^1] = (subtasks[^1].Points, subtasks[^1].Count + 1);
        }

        if (subtasks.Count == 0 || Math.Abs(subtasks.Sum(s => s.Points) - 100) > 1e-9)
            return null;
        if (subtasks.Sum(s => s.Count) is var announced && announced != cases)
        {
            issues.Error("gen/GEN", 1, $"The subtasks have {announced} testcases, but there are {cases}.");
            return null;
        }

        var next = 0;
        return [.. subtasks.Select(s => new CmsSubtask(s.Points, [.. Enumerable.Range((next += s.Count) - s.Count, s.Count)], null))];
    }

    [GeneratedRegex(@"^#\s*ST:\s*(\d{1,6})", RegexOptions.CultureInvariant)]
    private static partial Regex Subtask();

    [GeneratedRegex(@"^#\s*COPY:", RegexOptions.CultureInvariant)]
    private static partial Regex Copied();

    private sealed record CmsSubtask(double Points, List<int> Cases, double? Threshold);
}
