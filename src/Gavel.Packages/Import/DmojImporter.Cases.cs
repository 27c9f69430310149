using System.Globalization;
using System.Text.RegularExpressions;
using Gavel.Packages.Reading;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Import;

internal sealed partial class DmojImporter
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private List<DmojGroup> ReadCases(DmojNode root)
    {
        // Pretests come first, and give no points whatever they say.
        var groups = root.Own("pretest-test-cases") is { } pretests ? ReadList(root, pretests, [], pretest: true) : [];
        var node = root.Own("test-cases");
        return node is YamlSequence ? ReadList(root, node, groups, pretest: false) : [.. groups, .. Guess(root, node)];
    }

    private List<DmojGroup> ReadList(DmojNode root, YamlNode list, List<DmojGroup> before, bool pretest)
    {
        var groups = new List<DmojGroup>(before);
        foreach (var child in Maps(list).Select(m => new DmojNode(new(m, "init.yml", issues), root)))
        {
            CheckKeys(child.Section);
            var batch = child.Own("batched");
            var group = new DmojGroup(pretest ? 0 : child.Points(issues), batch is not null);
            groups.Add(group);
            foreach (var testcase in batch is null ? [child] : Maps(batch).Select(m => new DmojNode(new(m, "init.yml", issues), child)))
            {
                if (testcase != child)
                    CheckKeys(testcase.Section);
                if (testcase.Own("batched") is { } nested && testcase != child)
                    issues.Error("init.yml", nested.Line, "A batch in a batch is not allowed.");
                if (Case(testcase) is { } read)
                    group.Cases.Add(read with { Checker = testcase.Find("checker"), Given = GivenFiles(testcase.Find("symlinks")), Binary = testcase.Find("binary-data") is YamlScalar { Value: "true" or "True" or "yes" } });
            }

            // Batches count among themselves, from 1.
            var batches = groups.Select((g, i) => (g, i)).Skip(before.Count).Where(g => g.g.Batch).Select(g => g.i).ToList();
            foreach (var dependency in Dependencies(child))
            {
                if (int.TryParse(dependency.Value, CultureInfo.InvariantCulture, out var n) && n >= 1 && n < batches.Count + (group.Batch ? 0 : 1))
                    group.Requires.Add(batches[n - 1]);
                else
                    issues.Error("init.yml", dependency.Line, $"'{dependency.Value}' in dependencies is not the number of an earlier batch (they count from 1, single testcases left out).");
            }
        }

        return groups;
    }

    private IEnumerable<YamlMap> Maps(YamlNode node)
    {
        if (node is not YamlSequence)
            issues.Error("init.yml", node.Line, $"Testcases must be a list, not {node.Kind}.");
        foreach (var other in (node as YamlSequence)?.Items.Where(i => i is not YamlMap) ?? [])
            issues.Error("init.yml", other.Line, $"A testcase must be a map with 'in' and 'out', 'batched' or a generator, not {other.Kind}.");
        return (node as YamlSequence)?.Items.OfType<YamlMap>() ?? [];
    }

    private IEnumerable<YamlScalar> Dependencies(DmojNode node)
    {
        switch (node.Own("dependencies"))
        {
            case null:
                return [];
            case YamlScalar one:
                return [one];
            case YamlSequence list when list.Items.All(i => i is YamlScalar):
                return list.Items.OfType<YamlScalar>();
            case var other:
                issues.Error("init.yml", other.Line, "'dependencies' must be a list of numbers of earlier batches.");
                return [];
        }
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
        if ((node.Find("interactive") ?? node.Find("custom-judge")) is not null)
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
    private List<DmojGroup> Guess(DmojNode root, YamlNode? node)
    {
        if (node is YamlScalar)
            issues.Error("init.yml", node.Line, "'test_cases' must be a list of testcases, or a map with input_format and output_format.");
        var map = node as YamlMap;
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
                var group = new DmojGroup(points is null ? root.Points(issues) : points.ElementAtOrDefault(number), batch.Key.Length > 0);
                group.Cases.AddRange(part.Select(c => new DmojCase(1, c.Value.Input, c.Value.Answer, null) { Checker = root.Own("checker"), Given = GivenFiles(root.Own("symlinks")), Binary = Flag(root.Section, "binary-data") }));
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

    /// <summary>A node of init.yml; what it does not say, its parents may.</summary>
    private sealed record DmojNode(YamlSection Section, DmojNode? Parent)
    {
        public double Points(PackageIssues issues)
        {
            if (Find("points") is not { } node)
                return 1;
            if (node is YamlScalar scalar && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var points) && double.IsFinite(points) && points >= 0)
                return points;

            issues.Error("init.yml", node.Line, "'points' must be a number of at least 0.");
            return 1;
        }

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
    private sealed record DmojCase(int Line, string? Input, string? Answer, ProgramCall? Generator)
    {
        public YamlNode? Checker { get; init; }

        /// <summary>Files that the submission finds beside itself, by name.</summary>
        public IReadOnlyDictionary<string, string> Given { get; init; } = new Dictionary<string, string>();

        /// <summary>True when line ends are to stay as they are.</summary>
        public bool Binary { get; init; }
    }
}
