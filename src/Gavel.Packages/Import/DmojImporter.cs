using System.Globalization;
using System.Text.RegularExpressions;
using Gavel.Packages.Reading;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Import;

/// <summary>Imports a DMOJ problem: <c>init.yml</c>, the archive it names and the programs beside it.</summary>
internal sealed partial class DmojImporter(string source, string name, ModernPackageWriter writer, ImportOptions options, PackageIssues issues)
{
    private static readonly string[] s_ignoredKeys = ["points", "hints", "meta", "output-prefix-length", "output-limit-length", "wall-time-factor", "unbuffered", "binary-data", "archive", "checker", "test-cases", "pretest-test-cases"];
    private static readonly string[] s_unsupported = ["generator", "generator-args", "generator-in", "custom-judge", "interactive", "signature-grader", "symlinks", "file-io"];
    private static readonly string[] s_inputs = ["in"];
    private static readonly string[] s_outputs = ["out", "ans"];
    private readonly ForeignFolder _folder = new(source);
    private readonly Dictionary<string, string> _archive = [];

    public async Task ImportAsync(CancellationToken ct)
    {
        var yaml = YamlSection.Read(new PackageFile("init.yml", "init.yml", Path.Combine(source, "init.yml")), issues);
        if (issues.Errors.Count > 0)
            return;

        foreach (var entry in yaml.Entries)
        {
            var key = entry.Key.Replace('_', '-');
            if (key.EndsWith('+'))
                issues.Error("init.yml", entry.Line, $"'{entry.Key}' holds Python that the judge would run; it cannot be imported.");
            else if (s_unsupported.Contains(key) && !entry.Value.IsNull)
                issues.Error("init.yml", entry.Line, $"'{entry.Key}' has no counterpart here; the problem cannot be imported as it is.");
            else if (!s_ignoredKeys.Contains(key) && !s_unsupported.Contains(key))
                writer.Refused(entry.Key, "unknown key, ignored.");
        }

        writer.Names["en"] = name;
        writer.TimeLimit = options.TimeLimit;
        writer.Approximated("limits", $"init.yml carries none; the time limit is {options.TimeLimit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s until someone says better.");
        writer.Write("statement/problem.en.md", "The original keeps its statement on its site; it could not be imported.");
        writer.Refused("statement", "DMOJ keeps it on its site, not in the problem.");
        await ExtractAsync(yaml, ct);
        if (issues.Errors.Count > 0)
            return;

        ReadChecker(yaml);
        var groups = ReadCases(yaml);
        if (groups.Sum(g => g.Cases.Count) == 0)
            issues.Error("init.yml", 1, "No testcases were found.");
        if (issues.Errors.Count > 0)
            return;

        var binary = Value(yaml, "binary_data") is YamlScalar { Value: "true" or "True" or "yes" };
        Action<string, string> copy = binary ? (from, to) => File.Copy(from, to, overwrite: true) : ForeignFolder.CopyNormalized;
        if (groups.TrueForAll(g => g.Aggregation == "sum") && groups.SelectMany(g => g.Cases.Select(_ => g.Points / g.Cases.Count)).Distinct().Count() == 1)
        {
            var number = 0;
            foreach (var (input, answer) in groups.SelectMany(g => g.Cases))
            {
                var (inputTarget, answerTarget) = writer.AddCase("secret", (++number).ToString("000", CultureInfo.InvariantCulture));
                copy(input, inputTarget);
                copy(answer, answerTarget);
            }

            writer.Approximated("points", "all testcases have the same points: imported as a pass-fail problem.");
        }
        else
        {
            writer.Types.Add("scoring");
            ScoredGroups.Write(writer, groups, copy);
        }

        writer.Converted("tests", $"{writer.SecretCount} testcases");
    }

    private async Task ExtractAsync(YamlSection yaml, CancellationToken ct)
    {
        if (Value(yaml, "archive") is not YamlScalar archive)
            return;

        if (_folder.File(archive.Value) is not { } zip)
        {
            issues.Error("init.yml", archive.Line, $"The archive '{archive.Value}' is missing.");
            return;
        }

        var target = Path.Combine(writer.Folder + "-archive");
        await using var stream = File.OpenRead(zip);
        // Any archive will do: there is no file that must be in it.
        switch (await PackageArchive.ExtractAsync(stream, target, options.Limits, [], ct))
        {
            case PackageExtraction.Ok ok:
                foreach (var file in Directory.EnumerateFiles(ok.Folder, "*", SearchOption.AllDirectories))
                    _archive[Path.GetRelativePath(ok.Folder, file)] = file;
                break;
            case PackageExtraction.Refused refused:
                foreach (var issue in refused.Issues)
                    issues.Error($"{archive.Value}: {issue.File}", issue.Line, issue.Message);
                break;
        }
    }

    private List<ScoredGroup> ReadCases(YamlSection yaml)
    {
        var groups = new List<ScoredGroup>();
        var node = Value(yaml, "test_cases");
        if (node is YamlSequence list)
        {
            foreach (var item in list.Items.OfType<YamlMap>().Select(m => new YamlSection(m, "init.yml", issues)))
                ReadNode(item, Points(yaml, 1), groups);
            return groups;
        }

        if (node is YamlMap)
            writer.Approximated("test_cases", "input_format and output_format are not evaluated; the files are paired by their names.");
        // Without a list, DMOJ guesses by names in the archive, and so does this.
        foreach (var (path, file) in _archive.OrderBy(f => f.Key, Comparer<string>.Create(CompareNaturally)))
        {
            if (Number(path, s_inputs) is { } number && _archive.OrderBy(o => o.Key, StringComparer.Ordinal).FirstOrDefault(o => Number(o.Key, s_outputs) == number).Value is { } answer)
                Ungrouped(groups, Points(yaml, 1)).Cases.Add((file, answer));
        }

        return groups;
    }

    private void ReadNode(YamlSection node, double inherited, List<ScoredGroup> groups)
    {
        var points = Points(node, inherited);
        foreach (var unsupported in node.Entries.Where(e => s_unsupported.Contains(e.Key.Replace('_', '-')) || e.Key.EndsWith('+')))
            issues.Error("init.yml", unsupported.Line, $"'{unsupported.Key}' in a testcase cannot be imported.");
        if (Value(node, "batched") is not YamlSequence batch)
        {
            if (Case(node) is { } single)
                Ungrouped(groups, points).Cases.Add(single);
            return;
        }

        var group = new ScoredGroup(points, "pass-fail");
        groups.Add(group);
        foreach (var item in batch.Items.OfType<YamlMap>().Select(m => new YamlSection(m, "init.yml", issues)))
        {
            if (Case(item) is { } testcase)
                group.Cases.Add(testcase);
        }

        // Batches count among themselves, from 1.
        var batches = groups.Select((g, i) => (g, i)).Where(g => g.g.Aggregation == "pass-fail").Select(g => g.i).ToList();
        foreach (var dependency in (Value(node, "dependencies") as YamlSequence)?.Items.OfType<YamlScalar>() ?? [])
            group.Requires.Add(int.TryParse(dependency.Value, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= batches.Count ? batches[n - 1] : -1);
    }

    /// <summary>The group of the cases outside batches that have these points each.</summary>
    private static ScoredGroup Ungrouped(List<ScoredGroup> groups, double points)
    {
        var index = groups.FindIndex(g => g.Aggregation == "sum" && Math.Abs(g.Points - points * g.Cases.Count) < 1e-9);
        if (index < 0)
        {
            groups.Add(new(points, "sum"));
            return groups[^1];
        }

        var grown = new ScoredGroup(groups[index].Points + points, "sum");
        grown.Cases.AddRange(groups[index].Cases);
        groups[index] = grown;
        return grown;
    }

    private (string Input, string Answer)? Case(YamlSection node)
    {
        var input = (Value(node, "in") as YamlScalar)?.Value;
        var output = (Value(node, "out") as YamlScalar)?.Value;
        if (Find(input) is { } inputFile && Find(output) is { } answerFile)
            return (inputFile, answerFile);

        issues.Error("init.yml", node.Line, $"The testcase needs 'in' and 'out' files that exist (found '{input}' and '{output}').");
        return null;
    }

    // Files beside init.yml win over those in the archive.
    private string? Find(string? file) => file is null ? null : _folder.File(file) ?? _archive.GetValueOrDefault(file);

    private static double Points(YamlSection node, double inherited) =>
        node.Entries.FirstOrDefault(e => e.Key == "points")?.Value is YamlScalar scalar && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var points) && points >= 0 ? points : inherited;

    private static YamlNode? Value(YamlSection node, string key) => node.Entries.FirstOrDefault(e => e.Key.Replace('-', '_') == key)?.Value is { IsNull: false } value ? value : null;

    /// <summary>The last number in the path of a file whose name says that it is an input, or an output; null for others.</summary>
    private static string? Number(string path, string[] words)
    {
        var file = Path.GetFileName(path);
        if (!words.Any(w => file.StartsWith(w, StringComparison.OrdinalIgnoreCase) || file.Contains("." + w, StringComparison.OrdinalIgnoreCase)))
            return null;

        return Digits().Matches(path) is { Count: > 0 } numbers ? numbers[^1].Value : null;
    }

    private static int CompareNaturally(string? a, string? b)
    {
        static string Key(string? s) => Digits().Replace(s ?? "", m => m.Value.PadLeft(12, '0'));
        return string.CompareOrdinal(Key(a), Key(b));
    }

    [GeneratedRegex(@"\d{1,12}", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
