using System.Globalization;
using System.Text;
using System.Text.Json;
using Gavel.Packages.Reading;

namespace Gavel.Packages.Import;

/// <summary>Imports one problem of an archive that QDUOJ exports: <c>problem.json</c> and <c>testcase/</c>, one numbered folder per problem.</summary>
internal sealed class QduojImporter(string source, ModernPackageWriter writer, ImportOptions options, PackageIssues issues)
{
    private static readonly (string Key, string Heading)[] s_sections = [("description", ""), ("input_description", "Input"), ("output_description", "Output"), ("hint", "Hint")];
    private static readonly Dictionary<string, string> s_extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["C"] = ".c",
        ["C++"] = ".cpp",
        ["Java"] = ".java",
        ["Python2"] = ".py2",
        ["Python3"] = ".py",
        ["Golang"] = ".go",
        ["JavaScript"] = ".js",
    };

    private readonly ForeignFolder _tests = new(Path.Combine(source, "testcase"));
    private readonly string _file = $"{Path.GetFileName(source)}/problem.json";

    /// <summary>The folders of an archive that hold a problem each, in order; the archive's own when it is one.</summary>
    public static IReadOnlyList<string> Find(string folder) => File.Exists(Path.Combine(folder, "problem.json"))
        ? [folder]
        : [.. Directory.EnumerateDirectories(folder).Where(f => File.Exists(Path.Combine(f, "problem.json")))
            .OrderBy(f => Path.GetFileName(f).PadLeft(12, '0'), StringComparer.Ordinal)];

    /// <summary>Writes the package.</summary>
    /// <returns>A slug for the problem.</returns>
    public string Import()
    {
        var file = new PackageFile("problem.json", _file, Path.Combine(source, "problem.json"));
        if (file.ReadText(issues) is not { } text)
            return "";

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 32 });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return Import(document.RootElement);
            issues.Error(_file, 1, "Expected a JSON object with the problem.");
        }
        catch (JsonException error)
        {
            issues.Error(_file, (int?)(error.LineNumber + 1) ?? 1, $"Not valid JSON: {error.Message}");
        }

        return "";
    }

    private string Import(JsonElement problem)
    {
        var title = Text(problem, "title") ?? "Untitled";
        writer.Names["en"] = title;
        writer.Source = Text(problem, "source");
        writer.TimeLimit = Number(problem, "time_limit") is > 0 and var time ? TimeSpan.FromMilliseconds(time) : options.TimeLimit;
        writer.MemoryMebibytes = Number(problem, "memory_limit") is > 0 and var memory ? memory : 256;
        writer.Keywords = [.. Items(problem, "tags").Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)];
        writer.Converted("limits", string.Create(CultureInfo.InvariantCulture, $"time {writer.TimeLimit.Value.TotalSeconds} s, memory {writer.MemoryMebibytes:0.#} MiB"));
        ReadStatement(problem);
        foreach (var (index, sample) in Items(problem, "samples").Index())
        {
            var (input, answer) = writer.AddCase("sample", (index + 1).ToString("000", CultureInfo.InvariantCulture));
            File.WriteAllText(input, Lines(Text(sample, "input") ?? ""));
            File.WriteAllText(answer, Lines(Text(sample, "output") ?? ""));
        }

        ReadChecker(problem);
        ReadTests(problem);
        ReadSolutions(problem);
        if (problem.TryGetProperty("template", out var template) && template.ValueKind == JsonValueKind.Object && template.EnumerateObject().Any())
            writer.Refused("template", $"code around submissions is not imported ({string.Join(", ", template.EnumerateObject().Select(t => t.Name))}).");
        return ModernPackageWriter.Slug(title);
    }

    private void ReadStatement(JsonElement problem)
    {
        var text = new StringBuilder();
        foreach (var (key, heading) in s_sections)
        {
            // A text, or an object that says whether it is Markdown or HTML.
            var part = problem.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Object ? value : default;
            if ((part.ValueKind == JsonValueKind.Object ? Text(part, "value") : Text(problem, key)) is not { Length: > 0 } content)
                continue;
            if (heading.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n\n");
            text.Append(part.ValueKind == JsonValueKind.Object && Text(part, "format") == "markdown" ? content.Trim() + "\n"
                : $"<div>\n{string.Join('\n', content.ReplaceLineEndings("\n").Split('\n').Where(l => l.Trim().Length > 0))}\n</div>\n");
        }

        writer.Write("statement/problem.en.md", text.Length == 0 ? "The original has no statement." : text.ToString());
        if (text.ToString().Contains("<img", StringComparison.OrdinalIgnoreCase))
            writer.Refused("images", "the statement shows images that lie on the original's site, not in the archive.");
        writer.Converted("statement", "inside Markdown");
    }

    private void ReadChecker(JsonElement problem)
    {
        if (!problem.TryGetProperty("spj", out var checker) || checker.ValueKind != JsonValueKind.Object || Text(checker, "code") is not { Length: > 0 } code)
        {
            writer.ValidatorArguments = ["case_sensitive"];
            writer.Approximated("checker", "the default validator with case_sensitive; the original ignores white space at the end only");
            return;
        }

        var extension = s_extensions.GetValueOrDefault(Text(checker, "language") ?? "C++");
        if (extension is not (".c" or ".cpp"))
        {
            issues.Error(_file, null, $"The special judge is in {Text(checker, "language")}, of which only C and C++ are supported.");
            return;
        }

        var file = writer.PathOf($"generators/spj{extension}");
        File.WriteAllText(file, code);
        ForeignPrograms.BridgedChecker(writer, file, [], "\"$1\" \"${3}team_output\"", "case $code in\n    0) exit 42 ;;\n    1) exit 43 ;;\nesac\nexit 1");
        writer.Converted("checker", "the special judge, behind a script that passes input and output and accepts with 0");
    }

    private void ReadTests(JsonElement problem)
    {
        var cases = Items(problem, "test_case_score").Select(c => (Input: _tests.File(Text(c, "input_name")), Answer: _tests.File(Text(c, "output_name")), Score: Number(c, "score") ?? 0, Name: Text(c, "input_name"))).ToList();
        foreach (var missing in cases.Where(c => c.Input is null || c.Answer is null))
            issues.Error(_file, null, $"The testcase {missing.Name} needs an input and an output in testcase/.");
        if (cases.Count == 0)
            issues.Error(_file, null, "There are no testcases (test_case_score).");
        if (issues.Errors.Count > 0)
            return;

        if (Text(problem, "rule_type") == "OI")
        {
            // Testcases with the same points share a group, in which each counts by itself.
            var groups = cases.GroupBy(c => c.Score).Select(g =>
            {
                var group = new ScoredGroup(g.Key * g.Count(), "sum");
                group.Cases.AddRange(g.Select(c => (c.Input!, c.Answer!)));
                return group;
            }).ToList();
            writer.Types.Add("scoring");
            ScoredGroups.Write(writer, groups, ForeignFolder.CopyNormalized);
        }
        else
        {
            foreach (var (index, testcase) in cases.Index())
            {
                var (input, answer) = writer.AddCase("secret", (index + 1).ToString("000", CultureInfo.InvariantCulture));
                ForeignFolder.CopyNormalized(testcase.Input!, input);
                ForeignFolder.CopyNormalized(testcase.Answer!, answer);
            }
        }

        writer.Converted("tests", $"{writer.SampleCount} samples and {writer.SecretCount} secret testcases");
    }

    private void ReadSolutions(JsonElement problem)
    {
        var scratch = Directory.CreateDirectory(writer.Folder + "-solutions").FullName;
        foreach (var (index, answer) in Items(problem, "answers").Index())
        {
            if (s_extensions.GetValueOrDefault(Text(answer, "language") ?? "") is not { } extension || Text(answer, "code") is not { Length: > 0 } code)
            {
                writer.Refused("solution", $"in {Text(answer, "language") ?? "an unnamed language"}, which is not known.");
                continue;
            }

            var file = Path.Combine(scratch, $"{(extension == ".java" ? "Main" : $"solution{index + 1}")}{extension}");
            File.WriteAllText(file, code);
            writer.AddSubmission("accepted", file);
            writer.Converted("solution", Text(answer, "language")!);
        }
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string key) =>
        element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default;

    private static string? Text(JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) && number < 1e9 ? number : null;

    private static string Lines(string text) => text.ReplaceLineEndings("\n") is var lines && lines.Length > 0 && !lines.EndsWith('\n') ? lines + "\n" : lines;
}
