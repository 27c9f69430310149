using System.Globalization;
using System.Text.RegularExpressions;
using Gavel.Packages.Reading;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Import;

/// <summary>Imports a CMS task in the italy_yaml layout: <c>task.yaml</c> (English or Italian keys), input/, output/, gen/GEN, sol/, check/.</summary>
internal sealed partial class CmsImporter(string source, string name, ModernPackageWriter writer, ImportOptions options, PackageIssues issues)
{
    private static readonly string[] s_sources = [".cpp", ".cc", ".c", ".py"];
    private readonly ForeignFolder _folder = new(source);

    public Task ImportAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var yaml = YamlSection.Read(new PackageFile("task.yaml", "task.yaml", Path.Combine(source, "task.yaml")), issues);
        if (issues.Errors.Count > 0)
            return Task.CompletedTask;

        ReadTask(yaml);
        var cases = ReadCases();
        if (issues.Errors.Count > 0)
            return Task.CompletedTask;

        var checker = FirstSource("check/checker", "cor/correttore", "check/correttore", "cor/checker");
        var groups = ReadGroups(yaml, cases, checker is not null);
        if (issues.Errors.Count > 0)
            return Task.CompletedTask;

        writer.Types.Add("scoring");
        if (checker is not null)
        {
            ForeignPrograms.CmsChecker(writer, checker, Directory.EnumerateFiles(Path.GetDirectoryName(checker)!).Where(f => Path.GetExtension(f) is ".h" or ".hpp"), scoring: true);
            writer.Converted("checker", $"{Path.GetFileName(checker)}: kept as it is, behind a script that translates arguments and outcomes");
        }
        else
        {
            writer.ValidatorArguments = ["case_sensitive"];
            writer.Approximated("checker", "white-diff: the default validator with case_sensitive, which takes a line end for a blank");
        }

        ScoredGroups.Write(writer, groups, (from, to) => File.Copy(from, to, overwrite: true));
        writer.Converted("tests", $"{cases.Count} testcases");
        ReadFiles();
        return Task.CompletedTask;
    }

    private void ReadTask(YamlSection yaml)
    {
        writer.Names[Language(yaml)] = yaml.Text("title") ?? yaml.Text("nome") ?? yaml.Text("name") ?? name;
        writer.TimeLimit = TimeSpan.FromSeconds(yaml.Number("time_limit") ?? yaml.Number("timeout") ?? options.TimeLimit.TotalSeconds);
        writer.MemoryMebibytes = yaml.Number("memory_limit") ?? yaml.Number("memlimit") ?? 256;
        writer.Converted("limits", string.Create(CultureInfo.InvariantCulture, $"time {writer.TimeLimit.Value.TotalSeconds} s, memory {writer.MemoryMebibytes:0.#} MiB"));
        if (yaml.Flag("output_only") == true)
            issues.Error("task.yaml", yaml.LineOf("output_only"), "Output-only tasks cannot be imported yet.");
        if (FirstSource("check/manager", "cor/manager") is not null || File.Exists(Path.Combine(source, "check/manager")) || File.Exists(Path.Combine(source, "cor/manager")))
            issues.Error("check/manager", null, "Communication tasks (with a manager) cannot be imported: the manager talks over named pipes.");

        // The keys default to these files where they are not given.
        foreach (var (key, fallback) in new[] { ("infile", "input.txt"), ("outfile", "output.txt") })
        {
            if ((yaml.Entries.FirstOrDefault(e => e.Key == key)?.Value is YamlScalar given ? given.Value : fallback) is { Length: > 0 } file)
                writer.Refused("file input and output", $"submissions of the original use the file '{file}'; here they must use standard input and output.");
        }
    }

    private List<(string Input, string Answer)> ReadCases()
    {
        var cases = new List<(string, string)>();
        for (var i = 0; _folder.File($"input/input{i}.txt") is { } input; i++)
        {
            if (_folder.File($"output/output{i}.txt") is { } output)
                cases.Add((input, output));
            else
                issues.Error($"input/input{i}.txt", null, $"There is no output/output{i}.txt.");
        }

        if (cases.Count == 0)
            issues.Error("input", null, "There are no testcases: input/input0.txt, input/input1.txt, ... (run the generator first).");
        return cases;
    }

    private List<ScoredGroup> ReadGroups(YamlSection yaml, List<(string, string)> cases, bool partial)
    {
        // A checker that gives fractions makes a subtask worth the worst of its testcases.
        var aggregation = partial ? "min" : "pass-fail";
        var type = yaml.Text("score_type");
        if (type is not (null or "Sum" or "GroupMin"))
        {
            issues.Error("task.yaml", yaml.LineOf("score_type"), $"The score type {type} has no counterpart; only Sum and GroupMin have.");
            return [];
        }

        var subtasks = type == "GroupMin" ? ReadParameters(yaml, cases.Count) : type is null ? ReadGen(cases.Count) : null;
        if (subtasks is null)
        {
            var all = new ScoredGroup(yaml.Number("total_value") ?? 100, "sum");
            all.Cases.AddRange(cases);
            return [all];
        }

        var groups = new List<ScoredGroup>();
        var next = 0;
        foreach (var (points, count) in subtasks)
        {
            var group = new ScoredGroup(points, aggregation);
            group.Cases.AddRange(cases.Skip(next).Take(count));
            next += count;
            groups.Add(group);
        }

        if (next != cases.Count)
            issues.Error(type is null ? "gen/GEN" : "task.yaml", type is null ? 1 : yaml.LineOf("score_type_parameters"), $"The subtasks have {next} testcases, but there are {cases.Count}.");
        return groups;
    }

    private List<(double Points, int Count)>? ReadParameters(YamlSection yaml, int cases)
    {
        var result = new List<(double, int)>();
        foreach (var item in (yaml.Node("score_type_parameters") as YamlSequence)?.Items ?? [])
        {
            if (item is YamlSequence { Items: [YamlScalar points, YamlScalar count, ..] }
                && double.TryParse(points.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var p) && int.TryParse(count.Value, CultureInfo.InvariantCulture, out var n) && n >= 0 && n <= cases)
                result.Add((p, n));
            else
                issues.Error("task.yaml", item.Line, "Only score_type_parameters of the form [points, number of testcases] can be imported.");
        }

        return result;
    }

    /// <summary>The subtasks of gen/GEN; null when they do not add up to 100, which means that every testcase counts alone.</summary>
    private List<(double Points, int Count)>? ReadGen(int cases)
    {
        if (_folder.File("gen/GEN") is not { } file)
            return null;

        var subtasks = new List<(double Points, int Count)>();
        foreach (var line in File.ReadLines(file).Select(l => l.Trim()))
        {
            if (Subtask().Match(line) is { Success: true } subtask)
                subtasks.Add((int.Parse(subtask.Groups[1].Value, CultureInfo.InvariantCulture), 0));
            else if (line.Length > 0 && (line[0] != '#' || line.StartsWith("#COPY:", StringComparison.Ordinal)) && subtasks.Count > 0)
                subtasks[^1] = (subtasks[^1].Points, subtasks[^1].Count + 1);
        }

        return subtasks.Count == 0 || Math.Abs(subtasks.Sum(s => s.Points) - 100) > 1e-9 || subtasks.Sum(s => s.Count) != cases ? null : subtasks;
    }

    private void ReadFiles()
    {
        var language = writer.Names.Keys.First();
        if ((_folder.File("statement/statement.pdf") ?? _folder.File("testo/testo.pdf")) is { } pdf)
        {
            writer.Copy(pdf, $"statement/problem.{language}.pdf");
            writer.Converted("statement", "as PDF");
        }
        else
        {
            writer.Write($"statement/problem.{language}.md", "The original has no statement as PDF.");
            writer.Refused("statement", "there is no statement.pdf.");
        }

        foreach (var file in _folder.Files("att"))
            writer.Copy(file, $"attachments/{ModernPackageWriter.SafeName(Path.GetFileName(file))}");
        foreach (var file in _folder.Files("sol").Where(f => Path.GetExtension(f) is ".cpp" or ".c" or ".py" or ".java" or ".pas"))
        {
            var baseName = Path.GetFileNameWithoutExtension(file);
            if (baseName is "grader" or "stub")
                writer.Refused("grader", $"{Path.GetFileName(file)}: graders that are linked to submissions are not imported; put it into include/ and rename its entry point.");
            else if (baseName is "solution" or "soluzione" || baseName == name)
                writer.AddSubmission("accepted", file, "  model_solution: true\n");
            else
                writer.AddSubmission("mixed", file, "  use_for_time_limit: false\n");
        }
    }

    private string? FirstSource(params IEnumerable<string> names) =>
        names.SelectMany(n => s_sources.Select(e => _folder.File(n + e))).OfType<string>().FirstOrDefault();

    private static string Language(YamlSection yaml) => yaml.Text("primary_language") is { Length: 2 } language && language.All(char.IsAsciiLetterLower) ? language : "it";

    [GeneratedRegex(@"^#ST:\s*(\d{1,6})", RegexOptions.CultureInvariant)]
    private static partial Regex Subtask();
}
