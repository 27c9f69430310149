using System.Globalization;
using System.Text.RegularExpressions;
using Gavel.Packages.Reading;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Import;

/// <summary>Imports a Hydro problem: <c>problem.yaml</c>, <c>problem[_lang].md</c>, <c>testdata/</c> with its optional <c>config.yaml</c>.</summary>
internal sealed partial class HydroImporter(string source, string name, ModernPackageWriter writer, ImportOptions options, PackageIssues issues)
{
    private readonly ForeignFolder _folder = new(source);
    private readonly ForeignFolder _data = new(Path.Combine(source, "testdata"));

    public Task ImportAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var title = name;
        if (_folder.File("problem.yaml") is { } file)
        {
            var problem = YamlSection.Read(new PackageFile("problem.yaml", "problem.yaml", file), issues);
            title = problem.Text("title") ?? name;
            writer.Keywords = problem.Node("tag") is YamlSequence tags ? problem.TextsOf(tags, "tag") ?? [] : [];
        }

        ReadStatements(title);
        var configFile = _data.File("config.yaml") ?? _data.File("config.yml");
        var config = configFile is null ? new YamlSection(new([], 1), "testdata/config.yaml", issues) : YamlSection.Read(new PackageFile(Path.GetFileName(configFile), $"testdata/{Path.GetFileName(configFile)}", configFile), issues);
        if (issues.Errors.Count > 0)
            return Task.CompletedTask;

        if (config.Text("type") is { } type && type != "default")
            issues.Error(config.File, config.LineOf("type"), $"Problems of type '{type}' cannot be imported.");
        writer.TimeLimit = Time(config.Text("time")) ?? options.TimeLimit;
        writer.MemoryMebibytes = Memory(config.Text("memory")) ?? 256;
        writer.Converted("limits", string.Create(CultureInfo.InvariantCulture, $"time {writer.TimeLimit.Value.TotalSeconds} s, memory {writer.MemoryMebibytes:0.#} MiB"));
        ReadChecker(config);
        ReadTests(config);
        foreach (var extra in _folder.Files("additional_file"))
            writer.Copy(extra, $"attachments/{ModernPackageWriter.SafeName(Path.GetFileName(extra))}");
        return Task.CompletedTask;
    }

    private void ReadStatements(string title)
    {
        foreach (var file in _folder.Files("").Where(f => StatementName().IsMatch(Path.GetFileName(f))))
        {
            var language = StatementName().Match(Path.GetFileName(file)).Groups[1] is { Success: true } given ? given.Value : "zh";
            // Hydro links to attachments by its own scheme; images among them become files beside the statement.
            var text = FileScheme().Replace(File.ReadAllText(file), "$1");
            foreach (var image in _folder.Files("additional_file").Where(f => text.Contains(Path.GetFileName(f), StringComparison.Ordinal)))
                writer.Copy(image, $"statement/{ModernPackageWriter.SafeName(Path.GetFileName(image))}");
            writer.Write($"statement/problem.{language}.md", text);
            writer.Names[language] = title;
            writer.Converted("statement", Path.GetFileName(file));
        }

        if (writer.Names.Count > 0)
            return;

        writer.Names["zh"] = title;
        writer.Write("statement/problem.zh.md", "The original has no statement that could be imported.");
        writer.Refused("statement", "there is no problem.md.");
    }

    private void ReadChecker(YamlSection config)
    {
        var type = config.Text("checker_type") ?? "default";
        switch (type)
        {
            case "default":
                writer.ValidatorArguments = ["case_sensitive"];
                writer.Approximated("checker", "default: the default validator with case_sensitive, which takes a line end for a blank");
                break;
            case "strict":
                writer.ValidatorArguments = ["case_sensitive", "space_change_sensitive"];
                writer.Converted("checker", "strict: the default validator with case_sensitive and space_change_sensitive");
                break;
            case "testlib" when _data.File(config.Text("checker")) is { } checker:
                ForeignPrograms.TestlibChecker(writer, checker, _data.Files("").Where(f => Path.GetExtension(f) is ".h" or ".hpp"), scoring: true);
                writer.Converted("checker", $"{Path.GetFileName(checker)}: kept as it is, behind a script that translates arguments and exit codes");
                if (_data.File("testlib.h") is null)
                    writer.Refused("testlib.h", "the checker needs it and the problem does not bring it along; put it into output_validator/.");
                break;
            default:
                issues.Error(config.File, config.LineOf("checker_type"), $"The checker type '{type}' has no counterpart here, or its file is missing.");
                break;
        }
    }

    private void ReadTests(YamlSection config)
    {
        var groups = new List<ScoredGroup>();
        if (config.Node("subtasks") is YamlSequence subtasks)
        {
            foreach (var subtask in subtasks.Items.OfType<YamlMap>().Select(m => new YamlSection(m, config.File, issues)))
                groups.Add(ReadSubtask(subtask));
        }
        else
        {
            var all = new ScoredGroup(config.Number("score") ?? 100, "sum");
            all.Cases.AddRange(Pairs());
            groups.Add(all);
        }

        if (groups.Sum(g => g.Cases.Count) == 0)
            issues.Error("testdata", null, "There are no testcases.");
        if (issues.Errors.Count > 0)
            return;

        writer.Types.Add("scoring");
        ScoredGroups.Write(writer, groups, ForeignFolder.CopyNormalized);
        writer.Converted("tests", $"{writer.SecretCount} testcases");
    }

    private ScoredGroup ReadSubtask(YamlSection subtask)
    {
        var type = subtask.Text("type") ?? "min";
        if (type == "max")
            issues.Error(subtask.File, subtask.LineOf("type"), "A subtask that counts its best testcase has no counterpart.");

        var group = new ScoredGroup(subtask.Number("score", 0, inclusive: true) ?? 0, type == "sum" ? "sum" : "pass-fail");
        foreach (var item in (subtask.Node("cases") as YamlSequence)?.Items.OfType<YamlMap>().Select(m => new YamlSection(m, subtask.File, issues)) ?? [])
        {
            if (_data.File(item.Text("input")) is { } input && _data.File(item.Text("output")) is { } output)
                group.Cases.Add((input, output));
            else
                issues.Error(subtask.File, item.Line, "The testcase needs an input and an output that exist in testdata/.");
        }

        foreach (var dependency in (subtask.Node("if") as YamlSequence)?.Items.OfType<YamlScalar>() ?? [])
            group.Requires.Add(int.TryParse(dependency.Value, CultureInfo.InvariantCulture, out var n) ? n - 1 : -1);
        return group;
    }

    private IEnumerable<(string Input, string Answer)> Pairs() => _data.Files("").Where(f => f.EndsWith(".in", StringComparison.Ordinal))
        .OrderBy(f => Digits().Replace(Path.GetFileName(f), m => m.Value.PadLeft(12, '0')), StringComparer.Ordinal)
        .Select(f => (f, _data.File(Path.ChangeExtension(Path.GetFileName(f), ".out")) ?? _data.File(Path.ChangeExtension(Path.GetFileName(f), ".ans"))))
        .Where(p => p.Item2 is not null).Select(p => (p.f, p.Item2!));

    private static TimeSpan? Time(string? text) => Amount().Match(text ?? "") is { Success: true } match
        ? TimeSpan.FromSeconds(double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * (match.Groups[2].Value == "ms" ? 0.001 : 1))
        : null;

    private static double? Memory(string? text) => Amount().Match(text ?? "") is { Success: true } match
        ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * match.Groups[2].Value.ToLowerInvariant() switch { "g" or "gb" => 1024, "k" or "kb" => 1.0 / 1024, _ => 1 }
        : null;

    [GeneratedRegex(@"^(\d{1,9}(?:\.\d{1,9})?)\s*([a-zA-Z]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Amount();

    [GeneratedRegex(@"^problem(?:_([a-z]{2,3}))?\.md$", RegexOptions.CultureInvariant)]
    private static partial Regex StatementName();

    [GeneratedRegex(@"file://([\w.-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex FileScheme();

    [GeneratedRegex(@"\d{1,12}", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
