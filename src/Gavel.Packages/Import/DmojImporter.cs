using System.Globalization;
using Gavel.Packages.Reading;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Import;

/// <summary>Imports a DMOJ problem: <c>init.yml</c>, the archive it names and the programs beside it.</summary>
internal sealed partial class DmojImporter(string source, string name, ModernPackageWriter writer, ImportOptions options, PackageIssues issues)
{
    private const double DefaultOutputMebibytes = 24;

    // What the importer reads, and what means nothing outside of DMOJ's own site.
    private static readonly string[] s_known =
    [
        "archive", "test-cases", "pretest-test-cases", "points", "checker", "generator", "generator-args", "generator-in", "interactive", "signature-grader", "custom-judge", "unbuffered", "hints",
        "symlinks", "binary-data", "output-prefix-length", "output-limit-length", "wall-time-factor", "meta", "file-io", "in", "out", "batched", "dependencies", "type",
    ];

    private readonly ForeignFolder _folder = new(source);
    private readonly Dictionary<string, string> _archive = [];

    /// <summary>True when the checker may give a part of a testcase's points.</summary>
    private bool _partial;

    /// <summary>True when each testcase says which checker it wants.</summary>
    private bool _several;

    public async Task ImportAsync(CancellationToken ct)
    {
        var yaml = YamlSection.Read(new PackageFile("init.yml", "init.yml", Path.Combine(source, "init.yml")), issues);
        if (issues.Errors.Count > 0)
            return;

        CheckKeys(yaml);
        ReadProperties(yaml);
        await ExtractAsync(yaml, ct);
        if (issues.Errors.Count > 0)
            return;

        var cases = ReadCases(new(yaml, null));
        if (cases.Sum(g => g.Cases.Count) == 0)
            issues.Error("init.yml", 1, "No testcases were found.");
        if (issues.Errors.Count > 0)
            return;

        var checkers = CheckersOf(cases);
        _partial = GivesParts(yaml, checkers);
        var evenly = !_partial && cases.TrueForAll(g => !g.Batch || g.Points == 0) && cases.Where(g => g.Points > 0).SelectMany(g => g.Cases.Select(_ => g.Points)).Distinct().Count() <= 1;
        if (!evenly)
            writer.Types.Add("scoring");
        // A named checker gives parts of the points even where only the whole counts; as a program it is told.
        var talks = (Value(yaml, "interactive") ?? Value(yaml, "custom-judge")) is not null;
        _several = !talks && (checkers.Count > 1 || _partial && cases.Exists(g => g.Points == 0 || g.Requires.Count > 0));
        CheckGivenFiles(cases);
        _testFiles.UnionWith(cases.SelectMany(g => g.Cases).SelectMany(c => new[] { c.Input, c.Answer, c.Generator?.InputFile }).OfType<string>());
        ReadPrograms(yaml, checkers, scoring: !evenly);
        if (issues.Errors.Count > 0)
            return;

        await WriteCasesAsync(cases, checkers, evenly, ct);
    }

    /// <summary>Refuses keys whose effect on the judging cannot be had here, at any level.</summary>
    private void CheckKeys(YamlSection node)
    {
        foreach (var entry in node.Entries)
        {
            var key = entry.Key.Replace('_', '-');
            if (key.EndsWith('+'))
                issues.Error("init.yml", entry.Line, $"'{entry.Key}' holds Python that the judge would run; it cannot be imported.");
            else if (!s_known.Contains(key))
                writer.Refused(entry.Key, "unknown key, ignored.");
        }
    }

    private void ReadProperties(YamlSection yaml)
    {
        writer.Names["en"] = name;
        if (Value(yaml, "file-io") is { } files)
            ReadFileNames(files);
        writer.TimeLimit = options.TimeLimit;
        writer.Approximated("limits", $"init.yml carries none; the time limit is {options.TimeLimit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s until someone says better.");
        writer.OutputMebibytes = Value(yaml, "output-limit-length") is YamlScalar limit && double.TryParse(limit.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var bytes) && bytes > 0
            ? bytes / (1 << 20)
            : DefaultOutputMebibytes;
        writer.Write("statement/problem.en.md", "The original keeps its statement on its site; it could not be imported.");
        writer.Refused("statement", "DMOJ keeps it on its site, not in the problem.");
        if (Value(yaml, "wall-time-factor") is YamlScalar { Value: not "3" })
            writer.Refused("wall_time_factor", "wall-clock limits are the judge's.");
        if (Flag(yaml, "unbuffered"))
            writer.Refused("unbuffered", "submissions write to a pipe, never to a terminal.");
    }

    private void ReadFileNames(YamlNode node)
    {
        if (node is not YamlMap map)
        {
            issues.Error("init.yml", node.Line, "file_io must be a map with input, output, or both.");
            return;
        }

        var section = new YamlSection(map, "init.yml", issues);
        writer.UseFiles(section.Text("input"), section.Text("output"), issues, "init.yml", node.Line);
        section.RefuseRest("file_io");
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

    // Files beside init.yml win over those in the archive.
    private string? Find(string? file) => file is null ? null : _folder.File(file) ?? _archive.GetValueOrDefault(file);

    private static YamlNode? Value(YamlSection node, string key) => node.Entries.FirstOrDefault(e => e.Key.Replace('_', '-') == key)?.Value is { IsNull: false } value ? value : null;

    private static bool Flag(YamlSection node, string key) => Value(node, key) is YamlScalar { Value: "true" or "True" or "yes" };
}
