using System.Globalization;
using System.Text.RegularExpressions;
using Gavel.Packages.Reading;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Import;

/// <summary>Imports a Hydro problem: <c>problem.yaml</c>, <c>problem[_lang].md</c>, <c>testdata/</c> with its optional <c>config.yaml</c>.</summary>
internal sealed partial class HydroImporter(string source, string name, ModernPackageWriter writer, ImportOptions options, PackageIssues issues)
{
    private static readonly string[] s_keys =
        ["type", "subType", "time", "memory", "score", "cases", "subtasks", "checker", "checker_type", "interactor", "manager", "filename", "detail", "langs", "user_extra_files", "judge_extra_files", "redirect", "template"];

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

        var type = config.Text("type") ?? "default";
        if (type is not ("default" or "interactive" or "submit_answer"))
            issues.Error(config.File, config.LineOf("type"), $"Problems of type '{type}' cannot be imported.");
        if (type == "submit_answer")
        {
            writer.Types.Add("submit-answer");
            writer.Approximated("submit_answer", "answers are handed in under the names of the testcases here, for example group01/001.out.");
        }

        if (config.Text("filename") is { Length: > 0 } filename && type == "default")
            writer.UseFiles($"{filename}.in", $"{filename}.out", issues, config.File, config.LineOf("filename"));
        writer.TimeLimit = Time(config.Text("time")) ?? options.TimeLimit;
        writer.MemoryMebibytes = Memory(config.Text("memory")) ?? 256;
        writer.Converted("limits", string.Create(CultureInfo.InvariantCulture, $"time {writer.TimeLimit.Value.TotalSeconds} s, memory {writer.MemoryMebibytes:0.#} MiB"));
        var partial = type == "interactive" ? ReadInteractor(config) : ReadChecker(config);
        ReadTests(config, partial);
        foreach (var given in (config.Texts("user_extra_files") ?? []).Select(_data.File).OfType<string>())
            writer.Copy(given, $"include/default/{ModernPackageWriter.SafeName(Path.GetFileName(given))}");
        if (config.Has("langs"))
            writer.Refused("langs", "the languages' names are those of the original's installation; name the allowed ones in problem.yaml (languages).");
        foreach (var unknown in config.Entries.Where(e => !s_keys.Contains(e.Key)))
            writer.Refused(unknown.Key, "unknown key, ignored.");
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

    private void ReadTests(YamlSection config, bool partial)
    {
        var groups = new List<ScoredGroup>();
        if (config.Node("subtasks") is YamlSequence subtasks)
        {
            foreach (var subtask in subtasks.Items.OfType<YamlMap>().Select(m => new YamlSection(m, config.File, issues)))
                groups.Add(ReadSubtask(subtask, 100.0 / subtasks.Items.Count, partial));
        }
        else
        {
            var all = new ScoredGroup(config.Number("score") ?? 100, "sum");
            if (config.Node("cases") is YamlSequence)
                ReadCases(config, all);
            else
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

    private ScoredGroup ReadSubtask(YamlSection subtask, double share, bool partial)
    {
        var type = subtask.Text("type") ?? "min";
        if (type is not ("min" or "sum" or "max"))
            issues.Error(subtask.File, subtask.LineOf("type"), $"Unknown type of subtask '{type}'.");
        if (subtask.Has("time") || subtask.Has("memory"))
            writer.Refused("limits", "limits of single subtasks; the package format has one for all testcases.");

        var group = new ScoredGroup(subtask.Number("score", 0, inclusive: true) ?? Math.Floor(share), type is "sum" or "max" ? type : partial ? "min" : "pass-fail");
        ReadCases(subtask, group);
        foreach (var dependency in (subtask.Node("if") as YamlSequence)?.Items.OfType<YamlScalar>() ?? [])
            group.Requires.Add(int.TryParse(dependency.Value, CultureInfo.InvariantCulture, out var n) ? n - 1 : -1);
        return group;
    }

    private void ReadCases(YamlSection section, ScoredGroup group)
    {
        foreach (var item in (section.Node("cases") as YamlSequence)?.Items.OfType<YamlMap>().Select(m => new YamlSection(m, section.File, issues)) ?? [])
        {
            // "/dev/null" stands for "none".
            if (_data.File(item.Text("input")) is not { } input)
                issues.Error(section.File, item.Line, "The testcase needs an input that exists in testdata/.");
            else if (_data.File(item.Text("output")) is { } output)
                group.Cases.Add((input, output));
            else if (item.Text("output") is null or "" or "/dev/null")
                group.Cases.Add((input, Empty()));
            else
                issues.Error(section.File, item.Line, "The testcase needs an output that exists in testdata/.");
            if (item.Has("time") || item.Has("memory") || item.Has("score"))
                writer.Refused("limits", $"{Path.GetFileName(item.Text("input"))}: limits and points of single testcases; the package format has them for groups.");
        }
    }

    private string Empty()
    {
        var file = writer.Folder + "-empty";
        File.WriteAllText(file, "");
        return file;
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
