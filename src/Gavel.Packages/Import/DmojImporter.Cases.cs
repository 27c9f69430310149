using System.Globalization;
using System.Text.RegularExpressions;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Import;

internal sealed partial class DmojImporter
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private List<DmojGroup> ReadCases(DmojNode root)
    {
        var groups = new List<DmojGroup>();
        var node = root.Own("test-cases");
        if (node is not YamlSequence list)
            return Guess(root, node as YamlMap);

        foreach (var child in list.Items.OfType<YamlMap>().Select(m => new DmojNode(new(m, "init.yml", issues), root)))
        {
            CheckKeys(child.Section);
            var group = new DmojGroup(child.Points, child.Own("batched") is YamlSequence);
            groups.Add(group);
            foreach (var testcase in child.Own("batched") is YamlSequence batch ? batch.Items.OfType<YamlMap>().Select(m => new DmojNode(new(m, "init.yml", issues), child)) : [child])
            {
                if (testcase != child)
                    CheckKeys(testcase.Section);
                if (testcase.Own("batched") is { } nested && testcase != child)
                    issues.Error("init.yml", nested.Line, "A batch in a batch is not allowed.");
                if ((testcase.Own("checker") ?? child.Own("checker")) is { } own)
                    issues.Error("init.yml", own.Line, "A checker for single testcases has no counterpart here; the package format has one for all.");
                if (Case(testcase) is { } read)
                    group.Cases.Add(read);
            }

            // Batches count among themselves, from 1.
            var batches = groups.Select((g, i) => (g, i)).Where(g => g.g.Batch).Select(g => g.i).ToList();
            foreach (var dependency in (child.Own("dependencies") as YamlSequence)?.Items.OfType<YamlScalar>() ?? [])
                group.Requires.Add(int.TryParse(dependency.Value, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= batches.Count ? batches[n - 1] : -1);
        }

        if (groups.Exists(g => !g.Batch && g.Points == 0))
            writer.Approximated("points", "DMOJ judges nothing more after a failed testcase without points; here the others are judged all the same.");
        return groups;
    }

    private DmojCase? Case(DmojNode node)
    {
        var (input, output) = ((node.Find("in") as YamlScalar)?.Value, (node.Find("out") as YamlScalar)?.Value);
        var (inputFile, answerFile) = (Find(input), Find(output));
        if (input is not null && inputFile is null || output is not null && answerFile is null)
        {
            issues.Error("init.yml", node.Section.Line, $"The testcase names files that do not exist (in: '{input}', out: '{output}').");
            return null;
        }

        if (inputFile is not null && answerFile is not null)
            return new(node.Section.Line, inputFile, answerFile, null);
        if (node.Find("generator") is { } generator && ReadGenerator(generator) is { } program)
        {
            var arguments = node.Find("generator-args") is YamlSequence list ? [.. list.Items.OfType<YamlScalar>().Select(a => a.Value)] : node.Find("generator-args") is YamlScalar one ? [one.Value] : new List<string>();
            var given = (node.Find("generator-in") as YamlScalar)?.Value;
            if (given is not null && Find(given) is null)
                issues.Error("init.yml", node.Section.Line, $"generator_in names '{given}', which does not exist.");
            return new(node.Section.Line, inputFile, answerFile, program with { Arguments = arguments, InputFile = Find(given) });
        }

        // An interactor may do without either.
        if (node.Find("interactive") is not null)
            return new(node.Section.Line, inputFile, answerFile, null);

        issues.Error("init.yml", node.Section.Line, $"The testcase needs 'in' and 'out' files that exist, or a generator (found '{input}' and '{output}').");
        return null;
    }

    private ProgramCall? ReadGenerator(YamlNode node)
    {
        var names = node switch
        {
            YamlScalar scalar => [scalar.Value],
            YamlSequence list => [.. list.Items.OfType<YamlScalar>().Select(i => i.Value)],
            YamlMap map when new YamlSection(map, "init.yml", issues) is var section => section.Texts("source", single: true) ?? [],
            _ => (IReadOnlyList<string>)[],
        };
        var files = names.Select(Find).OfType<string>().ToList();
        if (files.Count == names.Count && files.Count > 0)
            return new(files[0], files[1..], [], null, "");

        issues.Error("init.yml", node.Line, $"The generator's files are missing: {string.Join(", ", names.Where(n => Find(n) is null))}.");
        return null;
    }

    /// <summary>Without a list, files pair by the numbers in their names: a case, or a batch and a case.</summary>
    private List<DmojGroup> Guess(DmojNode root, YamlMap? map)
    {
        var section = map is null ? null : new YamlSection(map, "init.yml", issues);
        var inputs = Pattern(section, "input_format", @"^(?=.*?\.in|in).*?(?:(?:^|\W)(?<batch>\d+)[^\d\s]+)?(?<case>\d+)[^\d\s]*$");
        var outputs = Pattern(section, "output_format", @"^(?=.*?\.(?:out|ans)|out|ans).*?(?:(?:^|\W)(?<batch>\d+)[^\d\s]+)?(?<case>\d+)[^\d\s]*$");
        if (inputs is null || outputs is null)
            return [];

        var points = (section?.Node("case_points") as YamlSequence)?.Items.OfType<YamlScalar>().Select(p => double.TryParse(p.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && n >= 0 ? n : 0).ToList();
        var byPlace = new SortedDictionary<(string Batch, string Case), (string? Input, string? Answer)>();
        foreach (var (path, file) in _archive)
        {
            if (Place(inputs, path) is { } input)
                byPlace[input] = (file, byPlace.GetValueOrDefault(input).Answer);
            else if (Place(outputs, path) is { } output)
                byPlace[output] = (byPlace.GetValueOrDefault(output).Input, file);
        }

        var groups = new List<DmojGroup>();
        var number = 0;
        foreach (var batch in byPlace.Where(p => p.Value is { Input: not null, Answer: not null }).GroupBy(p => p.Key.Batch))
        {
            foreach (var part in batch.Key.Length > 0 ? [batch.ToList()] : batch.Select(c => new[] { c }.ToList()))
            {
                var group = new DmojGroup(points is null ? root.Points : points.ElementAtOrDefault(number), batch.Key.Length > 0);
                group.Cases.AddRange(part.Select(c => new DmojCase(1, c.Value.Input, c.Value.Answer, null)));
                groups.Add(group);
                number++;
            }
        }

        return groups;
    }

    // The author's pattern is a stranger's: it may take its time, but not ours.
    private Regex? Pattern(YamlSection? section, string key, string fallback)
    {
        var text = section?.Text(key);
        try
        {
            return new(text?.Replace("(?P<", "(?<", StringComparison.Ordinal) ?? fallback, RegexOptions.CultureInvariant, s_patience);
        }
        catch (ArgumentException error)
        {
            issues.Error("init.yml", section!.LineOf(key), $"{key} is not a pattern that can be read: {error.Message}");
            return null;
        }
    }

    private (string Batch, string Case)? Place(Regex pattern, string path)
    {
        try
        {
            return pattern.Match(path) is { Success: true } match ? (Sortable(match.Groups["batch"].Value), Sortable(match.Groups["case"].Value)) : null;
        }
        catch (RegexMatchTimeoutException)
        {
            issues.Error("init.yml", null, $"The pattern for testcases takes too long on '{path}'.");
            return null;
        }
    }

    private static string Sortable(string number) => number.Length > 0 && number.All(char.IsAsciiDigit) ? number.PadLeft(12, '0') : number;

    private async Task WriteCasesAsync(List<DmojGroup> cases, bool evenly, bool binary, CancellationToken ct)
    {
        // Everything goes through files, so that generated and given cases are the same from here on.
        var scratch = Directory.CreateDirectory(writer.Folder + "-generated").FullName;
        var made = 0;
        var groups = new List<ScoredGroup>();
        foreach (var group in Merge(cases))
        {
            var scored = new ScoredGroup(group.Batch ? group.Points : group.Points * group.Cases.Count, group.Batch ? _partial ? "min" : "pass-fail" : "sum");
            scored.Requires.AddRange(group.Requires);
            foreach (var testcase in group.Cases)
            {
                if (await FilesAsync(testcase, Path.Combine(scratch, $"{++made}"), ct) is not { } files)
                    return;
                scored.Cases.Add(files);
            }

            groups.Add(scored);
        }

        Action<string, string> copy = binary ? (from, to) => File.Copy(from, to, overwrite: true) : ForeignFolder.CopyNormalized;
        if (evenly)
        {
            foreach (var ((input, answer), index) in groups.SelectMany(g => g.Cases).Select((c, i) => (c, i)))
            {
                var (inputTarget, answerTarget) = writer.AddCase("secret", (index + 1).ToString("000", CultureInfo.InvariantCulture));
                copy(input, inputTarget);
                copy(answer, answerTarget);
            }

            writer.Approximated("points", "all testcases have the same points: imported as a pass-fail problem.");
        }
        else
            ScoredGroups.Write(writer, groups, copy);

        var generated = cases.SelectMany(g => g.Cases).Count(c => c.Generator is not null);
        writer.Converted("tests", $"{writer.SecretCount} testcases{(generated > 0 ? $", {generated} of them generated" : "")}");
    }

    private async Task<(string Input, string Answer)?> FilesAsync(DmojCase testcase, string scratch, CancellationToken ct)
    {
        var (input, answer) = (testcase.Input ?? scratch + ".in", testcase.Answer ?? scratch + ".out");
        if (testcase.Generator is null)
        {
            foreach (var missing in new[] { input, answer }.Where(f => !File.Exists(f)))
                await File.WriteAllBytesAsync(missing, [], ct);
            return (input, answer);
        }

        if (options.Run is not { } run)
            issues.Error("init.yml", testcase.Line, "The testcase has to be made by its generator, and nothing is given to run it with.");
        else if (await run(testcase.Generator with { OutputFile = scratch + ".in", ErrorFile = scratch + ".out" }, ct) is { Succeeded: false } failed)
            issues.Error("init.yml", testcase.Line, $"The generator failed: {failed.Message}");
        else
            return (input, answer);

        return null;
    }

    /// <summary>Cases outside batches that have the same points share a group; its sum is theirs.</summary>
    private static List<DmojGroup> Merge(List<DmojGroup> groups)
    {
        var merged = new List<DmojGroup>();
        var positions = new Dictionary<int, int>();
        foreach (var (group, index) in groups.Select((g, i) => (g, i)))
        {
            if (!group.Batch && merged.FindIndex(g => !g.Batch && Math.Abs(g.Points - group.Points) < 1e-9) is >= 0 and var same)
            {
                merged[same].Cases.AddRange(group.Cases);
                continue;
            }

            positions[index] = merged.Count;
            var copy = new DmojGroup(group.Points, group.Batch);
            copy.Cases.AddRange(group.Cases);
            copy.Requires.AddRange(group.Requires.Select(r => positions.GetValueOrDefault(r, -1)));
            merged.Add(copy);
        }

        return merged;
    }

    /// <summary>A node of init.yml; what it does not say, its parents may.</summary>
    private sealed record DmojNode(YamlSection Section, DmojNode? Parent)
    {
        public double Points => Find("points") is YamlScalar scalar && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var points) && points >= 0 ? points : 1;

        public YamlNode? Own(string key) => Value(Section, key);

        public YamlNode? Find(string key) => Own(key) ?? Parent?.Find(key);
    }

    /// <summary>A batch, or a single case. Points are the batch's, or each case's.</summary>
    private sealed record DmojGroup(double Points, bool Batch)
    {
        public List<DmojCase> Cases { get; } = [];

        public List<int> Requires { get; } = [];
    }

    /// <summary>A case: its files, or the generator that makes them.</summary>
    private sealed record DmojCase(int Line, string? Input, string? Answer, ProgramCall? Generator);
}
