using System.Globalization;
using System.Xml.Linq;

namespace Gavel.Packages.Import;

/// <summary>
/// Maps Polygon's groups to 2025-09 test groups. A complete group passes or fails as a whole; in an each-test group the tests with the same points become
/// a group of their own whose points are shared equally, which gives the same sum.
/// </summary>
internal sealed class PolygonGroups
{
    private static readonly int[] s_factors = [1, 10, 100, 1000];
    private readonly Dictionary<PolygonTest, string> _folders = [];
    private readonly List<(string Folder, string Aggregation, double Points, string Group)> _groups = [];
    private readonly Dictionary<string, List<string>> _dependencies;
    private readonly HashSet<string> _sampleGroups;

    public PolygonGroups(XElement testset, List<PolygonTest> tests, ModernPackageWriter writer)
    {
        var declared = testset.Elements("groups").Elements("group").Where(g => g.Attribute("name") is not null).GroupBy(g => g.Attribute("name")!.Value).ToDictionary(g => g.Key, g => g.First());
        _dependencies = declared.ToDictionary(g => g.Key, g => g.Value.Elements("dependencies").Elements("dependency").Select(d => d.Attribute("group")?.Value ?? "").ToList());
        _sampleGroups = [.. tests.GroupBy(t => t.Group).Where(g => g.Key.Length > 0 && g.All(t => t.Sample && t.Points == 0)).Select(g => g.Key)];
        var number = 0;
        foreach (var group in tests.Where(t => !_sampleGroups.Contains(t.Group)).GroupBy(t => t.Group))
        {
            number++;
            var complete = declared.TryGetValue(group.Key, out var element) && element.Attribute("points-policy")?.Value == "complete-group";
            var prefix = string.Create(CultureInfo.InvariantCulture, $"{number:00}-{(group.Key.Length == 0 ? "tests" : ModernPackageWriter.SafeName(group.Key))}");
            var parts = complete ? [(0, group.ToList())] : group.GroupBy(t => t.Points).Select((g, i) => (i, g.ToList())).ToList();
            foreach (var (part, members) in parts)
            {
                var folder = parts.Count == 1 ? prefix : string.Create(CultureInfo.InvariantCulture, $"{prefix}-{part + 1}");
                _groups.Add(($"secret/{folder}", complete ? "pass-fail" : "sum", members.Sum(t => t.Points), group.Key));
                foreach (var test in members)
                    _folders[test] = $"secret/{folder}";
            }
        }

        if (tests.Exists(t => t.Sample && t.Points > 0))
            writer.Approximated("samples", "samples with points are in the test groups too, because samples never score.");
    }

    /// <summary>The group's folder; null for samples without points.</summary>
    public string? FolderOf(PolygonTest test) => test.Sample && test.Points == 0 && _folders.TryGetValue(test, out var folder) && _groups.Any(g => g.Folder == folder && g.Aggregation == "sum") ? null : _folders.GetValueOrDefault(test);

    public void Write(ModernPackageWriter writer)
    {
        // The format knows whole points only.
        var factor = s_factors.FirstOrDefault(f => _groups.TrueForAll(g => Math.Abs(g.Points * f - Math.Round(g.Points * f)) < 1e-6), 1000);
        if (factor > 1)
            writer.Approximated("points", $"all points are multiplied by {factor}, because the format knows whole points only.");

        writer.WriteGroup("secret", string.Create(CultureInfo.InvariantCulture, $"max_score: {Math.Round(_groups.Sum(g => g.Points) * factor)}"));
        foreach (var (folder, aggregation, points, name) in _groups)
        {
            var lines = new List<string> { string.Create(CultureInfo.InvariantCulture, $"max_score: {Math.Round(points * factor)}"), $"score_aggregation: {aggregation}" };
            var required = Required(name, folder, writer).Distinct().Select(ModernPackageWriter.Quote).ToList();
            if (required.Count > 0)
                lines.Add($"require_pass: [{string.Join(", ", required)}]");
            // A checker that could give a part of the points must not do so where only the whole counts.
            if (aggregation == "pass-fail" && File.Exists(Path.Combine(writer.Folder, "output_validator/run")))
                lines.Add("output_validator_args: [all]");
            if (Directory.Exists(Path.Combine(writer.Folder, "data", folder)))
                writer.WriteGroup(folder, lines);
        }

        writer.Converted("groups", $"{_groups.Count} test groups with {_groups.Sum(g => g.Points).ToString(CultureInfo.InvariantCulture)} points");
    }

    private IEnumerable<string> Required(string group, string folder, ModernPackageWriter writer)
    {
        foreach (var dependency in _dependencies.GetValueOrDefault(group) ?? [])
        {
            if (_sampleGroups.Contains(dependency))
            {
                yield return "sample";
                continue;
            }

            var targets = _groups.Where(g => g.Group == dependency).ToList();
            if (targets.Count == 0 || targets.Exists(t => string.CompareOrdinal(t.Folder, folder) >= 0))
                writer.Refused("dependency", $"{group} on {dependency}: the format allows earlier groups only.");
            else if (targets.Exists(t => t.Aggregation != "pass-fail"))
                writer.Refused("dependency", $"{group} on {dependency}: the format allows groups only that pass or fail as a whole.");
            else
            {
                foreach (var target in targets)
                    yield return target.Folder;
            }
        }
    }
}
