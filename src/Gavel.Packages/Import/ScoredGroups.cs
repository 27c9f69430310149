using System.Globalization;

namespace Gavel.Packages.Import;

/// <summary>A subtask of a foreign problem.</summary>
/// <param name="Points">Its points.</param>
/// <param name="Aggregation"><c>pass-fail</c>, <c>min</c>, <c>sum</c>, <c>max</c> or <c>product</c>.</param>
internal sealed record ScoredGroup(double Points, string Aggregation)
{
    /// <summary>The cases: input and answer files.</summary>
    public List<(string Input, string Answer)> Cases { get; } = [];

    /// <summary>Arguments of the output validator for each case, as many as there are cases; none when the group's are enough.</summary>
    public List<IReadOnlyList<string>> CaseArguments { get; } = [];

    /// <summary>Files that submissions find beside themselves in each case, by name, as many as there are cases; none when there are none at all.</summary>
    public List<IReadOnlyDictionary<string, string>> CaseFiles { get; } = [];

    /// <summary>Arguments of the output validator in this group.</summary>
    public IReadOnlyList<string> ValidatorArguments { get; init; } = [];

    /// <summary>Indices of earlier groups that must pass.</summary>
    public List<int> Requires { get; } = [];
}

/// <summary>Writes subtasks as 2025-09 test groups.</summary>
internal static class ScoredGroups
{
    public static void Write(ModernPackageWriter writer, IReadOnlyList<ScoredGroup> groups, Action<string, string> copy)
    {
        var filled = groups.Select((g, i) => (Group: g, Index: i)).Where(g => g.Group.Cases.Count > 0).ToList();
        var scale = filled.TrueForAll(g => Math.Abs(g.Group.Points - Math.Round(g.Group.Points)) < 1e-9) ? 1 : 100;
        if (scale > 1)
            writer.Approximated("points", $"all points are multiplied by {scale}, because the format knows whole points only.");

        var total = filled.Sum(g => Math.Round(g.Group.Points * scale));
        writer.WriteGroup("secret", string.Create(CultureInfo.InvariantCulture, $"max_score: {total}"));
        foreach (var (group, index) in filled)
        {
            var special = group.Aggregation is "max" or "product";
            if (special)
            {
                writer.Aggregations[$"secret/{Name(index)}"] = group.Aggregation;
                writer.Converted("groups", $"group {index + 1} counts {(group.Aggregation == "max" ? "its best testcase" : "the product of its testcases")}: said in gavel.yaml; other systems count its worst");
            }

            var required = new List<string>();
            foreach (var other in group.Requires.Distinct())
            {
                if (other < 0 || other >= index || groups[other].Cases.Count == 0)
                    writer.Refused("dependency", $"group {index + 1} on group {other + 1}: the format allows earlier groups only.");
                else
                    required.Add($"secret/{(groups[other].Aggregation == "pass-fail" ? Name(other) : Twin(other))}");
            }

            WriteGroup(writer, Name(index), group, Math.Round(group.Points * scale), special ? "min" : group.Aggregation, required, copy);
            // Only what passes or fails as a whole can be required: the same testcases once more, for no points.
            if (group.Aggregation != "pass-fail" && groups.Any(g => g.Requires.Contains(index)))
            {
                writer.Approximated("dependency", $"group {index + 1} is required by others, so its testcases are judged once more as a group without points that passes or fails as a whole.");
                WriteGroup(writer, Twin(index), group, 0, "pass-fail", required, copy);
            }
        }

        writer.Converted("groups", string.Create(CultureInfo.InvariantCulture, $"{filled.Count} test groups with {total / scale} points"));
    }

    private static void WriteGroup(ModernPackageWriter writer, string name, ScoredGroup group, double points, string aggregation, List<string> required, Action<string, string> copy)
    {
        var lines = new List<string> { string.Create(CultureInfo.InvariantCulture, $"max_score: {points}"), $"score_aggregation: {aggregation}" };
        if (required.Count > 0)
            lines.Add($"require_pass: [{string.Join(", ", required)}]");

        // A checker that could give a part of the points must not do so where only the whole counts.
        IReadOnlyList<string> whole = aggregation == "pass-fail" && Directory.Exists(Path.Combine(writer.Folder, "output_validator")) ? ["all"] : [];
        var arguments = group.ValidatorArguments.Count > 0 ? group.ValidatorArguments : whole;
        if (arguments.Count > 0)
            lines.Add($"output_validator_args: [{string.Join(", ", arguments.Select(ModernPackageWriter.Quote))}]");
        writer.WriteGroup($"secret/{name}", lines);
        for (var i = 0; i < group.Cases.Count; i++)
        {
            var (input, answer) = writer.AddCase($"secret/{name}", (i + 1).ToString("000", CultureInfo.InvariantCulture));
            copy(group.Cases[i].Input, input);
            copy(group.Cases[i].Answer, answer);
            if (group.CaseArguments.Count > 0)
                writer.WriteCaseArguments(input, [.. group.CaseArguments[i], .. whole]);
            if (group.CaseFiles.Count > 0)
                ModernPackageWriter.WriteCaseFiles(input, group.CaseFiles[i]);
        }
    }

    // Between its group and the next one in the order of names.
    private static string Twin(int index) => Name(index) + "-all";

    private static string Name(int index) => "group" + (index + 1).ToString("00", CultureInfo.InvariantCulture);
}
