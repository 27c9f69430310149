using System.Globalization;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Import;

internal sealed partial class DmojImporter
{
    // Files that are some testcase's: no program of the author may be given one.
    private readonly HashSet<string> _testFiles = [];

    /// <summary>The checkers that testcases ask for, each once, in the order in which they occur.</summary>
    private List<YamlNode?> CheckersOf(IEnumerable<DmojGroup> groups)
    {
        var found = new List<YamlNode?>();
        foreach (var checker in groups.SelectMany(g => g.Cases).Select(c => c.Checker))
        {
            if (!found.Exists(f => Text(f) == Text(checker)))
                found.Add(checker);
        }

        return found;
    }

    // Two nodes that say the same are one checker, wherever they stand.
    private static string Text(YamlNode? node) => node switch
    {
        null => "standard",
        YamlScalar scalar => scalar.Value,
        YamlSequence list => $"[{string.Join(',', list.Items.Select(Text))}]",
        YamlMap map => $"{{{string.Join(',', map.Entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}:{Text(e.Value)}"))}}}",
        _ => "",
    };

    private async Task WriteCasesAsync(List<DmojGroup> cases, List<YamlNode?> checkers, bool evenly, CancellationToken ct)
    {
        // Everything goes through files, so that generated and given cases are the same from here on.
        var scratch = Directory.CreateDirectory(writer.Folder + "-generated").FullName;
        var (made, batches) = (0, 0);
        var groups = new List<ScoredGroup>();
        var binary = cases.SelectMany(g => g.Cases).Where(c => c.Binary).SelectMany(c => new[] { c.Input, c.Answer }).ToHashSet();
        foreach (var group in Merge(cases))
        {
            var scored = new ScoredGroup(group.Batch ? group.Points : group.Points * group.Cases.Count, group.Points == 0 ? "pass-fail" : group.Batch ? _partial ? "min" : "pass-fail" : "sum");
            scored.Requires.AddRange(group.Requires);
            batches += group.Batch ? 1 : 0;
            foreach (var testcase in group.Cases)
            {
                var path = Path.Combine(scratch, $"{++made}");
                if (await FilesAsync(testcase, path, ct) is not { } files)
                    return;
                if (testcase.Binary)
                    binary.UnionWith([files.Input, files.Answer]);
                scored.Cases.Add(files);
                if (cases.Exists(g => g.Cases.Exists(c => c.Given.Count > 0)))
                    scored.CaseFiles.Add(testcase.Given);
                if (Arguments(testcase, checkers, evenly ? null : group.Points, made, group.Batch ? batches : 0) is { Count: > 0 } arguments)
                    scored.CaseArguments.Add(arguments);
            }

            groups.Add(scored);
        }

        Action<string, string> copy = (from, to) =>
        {
            if (binary.Contains(from))
                File.Copy(from, to, overwrite: true);
            else
                ForeignFolder.CopyNormalized(from, to);
        };
        if (evenly)
        {
            foreach (var (files, arguments, given, index) in groups.SelectMany(g => g.Cases.Select((c, i) => (c, g.CaseArguments.ElementAtOrDefault(i), g.CaseFiles.ElementAtOrDefault(i)))).Select((c, i) => (c.c, c.Item2, c.Item3, i)))
            {
                var (inputTarget, answerTarget) = writer.AddCase("secret", (index + 1).ToString("000", CultureInfo.InvariantCulture));
                copy(files.Input, inputTarget);
                copy(files.Answer, answerTarget);
                if (arguments is not null)
                    writer.WriteCaseArguments(inputTarget, arguments);
                if (given is not null)
                    ModernPackageWriter.WriteCaseFiles(inputTarget, given);
            }

            writer.Approximated("points", "all testcases have the same points: imported as a pass-fail problem.");
        }
        else
            ScoredGroups.Write(writer, groups, copy);

        var generated = cases.SelectMany(g => g.Cases).Count(c => c.Generator is not null);
        writer.Converted("tests", $"{writer.SecretCount} testcases{(generated > 0 ? $", {generated} of them generated" : "")}");
    }

    // The checker to run, where there are several; and what a program has to know to share out points.
    private List<string> Arguments(DmojCase testcase, List<YamlNode?> checkers, double? points, int position, int batch)
    {
        var arguments = new List<string>();
        if (_several)
            arguments.Add(CheckerName(checkers.Select(Text).ToList().IndexOf(Text(testcase.Checker))));
        if (_partial && points is not null && Directory.Exists(Path.Combine(writer.Folder, Validator)))
            arguments.AddRange([string.Create(CultureInfo.InvariantCulture, $"points={points:R}"), $"case={position}", $"batch={batch}"]);
        return arguments;
    }

    /// <summary>
    /// Cases outside batches that have the same points share a group; its sum is theirs. Nothing is judged after a failed case or batch without points, so every
    /// later group requires it.
    /// </summary>
    private static List<DmojGroup> Merge(List<DmojGroup> groups)
    {
        var merged = new List<DmojGroup>();
        var positions = new Dictionary<int, int>();
        var gates = new List<int>();
        foreach (var (group, index) in groups.Select((g, i) => (g, i)))
        {
            // One gate after the other is one gate.
            if (group is { Points: 0, Requires.Count: 0 } && merged.Count > 0 && merged[^1].Points == 0)
            {
                positions[index] = merged.Count - 1;
                merged[^1].Cases.AddRange(group.Cases);
                continue;
            }

            var requires = group.Requires.Select(r => positions.GetValueOrDefault(r, -1)).Concat(gates).Distinct().Order().ToList();
            if (!group.Batch && merged.FindIndex(g => !g.Batch && Math.Abs(g.Points - group.Points) < 1e-9 && g.Requires.SequenceEqual(requires)) is >= 0 and var same)
            {
                merged[same].Cases.AddRange(group.Cases);
                continue;
            }

            positions[index] = merged.Count;
            if (group.Points == 0)
                gates.Add(merged.Count);
            var copy = new DmojGroup(group.Points, group.Batch);
            copy.Cases.AddRange(group.Cases);
            copy.Requires.AddRange(requires);
            merged.Add(copy);
        }

        return merged;
    }
}
