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
    private readonly SortedSet<string> _twins = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _dependencies;
    private readonly HashSet<string> _sampleGroups;

    public PolygonGroups(XElement testset, List<PolygonTest> tests, ModernPackageWriter writer)
    {
        var declared = testset.Elements("groups").Elements("group").Where(g => g.Attribute("name") is not null).GroupBy(g => g.Attribute("name")!.Value).ToDictionary(g => g.Key, g => g.First());
        _dependencies = declared.ToDictionary(g => g.Key, g => g.Value.Elements("dependencies").Elements("dependency").Select(d => d.Attribute("group")?.Value ?? "").ToList());
        _sampleGroups = [.. tests.GroupBy(t => t.Group).Where(g => g.Key.Length > 0 && g.All(t => t.Sample && t.Points == 0)).Select(g => g.Key)];
        var number = 0;
        foreach (var group in InOrder([.. tests.Where(t => !_sampleGroups.Contains(t.Group)).GroupBy(t => t.Group)]))
        {
            number++;
            var complete = declared.TryGetValue(group.Key, out var element) && element.Attribute("points-policy")?.Value == "complete-group";
            var prefix = string.Create(CultureInfo.InvariantCulture, $"{number:00}-{(group.Key.Length == 0 ? "tests" : ModernPackageWriter.SafeName(group.Key))}");
            var parts = complete ? [(0, group.ToList())] : group.GroupBy(t => t.Points).Select((g, i) => (i, g.ToList())).ToList();
            foreach (var (part, members) in parts)
            {
                var folder = parts.Count == 1 ? prefix : string.Create(CultureInfo.InvariantCulture, $"{prefix}-{part + 1}");
                // Points stand at the tests, as a rule; where none has any, at the group.
                var points = members.Sum(t => t.Points) is > 0 and var sum ? sum : group.Any(t => t.Points > 0) || part > 0 ? 0 : PointsOf(element);
                _groups.Add(($"secret/{folder}", complete ? "pass-fail" : "sum", points, group.Key));
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
            // A checker that could give a part of the points must not do so where only the whole counts; and a part is one of what the test is worth.
            var cases = Path.Combine(writer.Folder, "data", folder);
            var count = Directory.Exists(cases) ? Directory.EnumerateFiles(cases, "*.in").Count() : 0;
            var program = File.Exists(Path.Combine(writer.Folder, "output_validator/run"));
            if (program)
                lines.Add(aggregation == "pass-fail" ? "output_validator_args: [all]" : string.Create(CultureInfo.InvariantCulture, $"output_validator_args: [\"points={points / Math.Max(1, count):R}\"]"));
            if (count > 0)
                writer.WriteGroup(folder, lines);
        }

        // Only what passes or fails as a whole can be required: the same tests once more, for no points.
        foreach (var twin in _twins.Where(t => Directory.Exists(Path.Combine(writer.Folder, "data", t))))
        {
            writer.Approximated("dependency", $"{twin} is required by others, so its tests are judged once more as a group without points that passes or fails as a whole.");
            foreach (var input in Directory.GetFiles(Path.Combine(writer.Folder, "data", twin), "*.in").Order(StringComparer.Ordinal))
            {
                var (inputCopy, answerCopy) = writer.AddCase(twin + "-all", Path.GetFileNameWithoutExtension(input));
                File.Copy(input, inputCopy);
                File.Copy(Path.ChangeExtension(input, ".ans"), answerCopy);
            }

            writer.WriteGroup(twin + "-all", "max_score: 0", "score_aggregation: pass-fail", File.Exists(Path.Combine(writer.Folder, "output_validator/run")) ? "output_validator_args: [all]" : "");
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
                writer.Refused("dependency", $"{group} on {dependency}: {(targets.Count == 0 ? "there is no such group with tests" : "the two depend on each other")}.");
            else
            {
                foreach (var target in targets.Where(t => Directory.Exists(Path.Combine(writer.Folder, "data", t.Folder))))
                {
                    if (target.Aggregation != "pass-fail")
                        _twins.Add(target.Folder);
                    yield return target.Aggregation == "pass-fail" ? target.Folder : target.Folder + "-all";
                }
            }
        }
    }

    /// <summary>The groups, each after those it depends on, since the format allows earlier ones only.</summary>
    private List<IGrouping<string, PolygonTest>> InOrder(List<IGrouping<string, PolygonTest>> groups)
    {
        var ordered = new List<IGrouping<string, PolygonTest>>();
        while (groups.Count > 0)
        {
            // Of a circle the first one goes first; its dependency is reported.
            var next = groups.Find(g => !(_dependencies.GetValueOrDefault(g.Key) ?? []).Any(d => d != g.Key && groups.Exists(o => o.Key == d))) ?? groups[0];
            groups.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    private static double PointsOf(XElement? group) =>
        double.TryParse(group?.Attribute("points")?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var points) && double.IsFinite(points) && points > 0 ? points : 0;
}
