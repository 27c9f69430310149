using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Gavel.Packages.Reading;

namespace Gavel.Packages.Import;

/// <summary>Imports one problem of a Free Problem Set file (FPS XML, as of HUSTOJ and QDUOJ), which holds any number of them.</summary>
internal sealed class FpsImporter
{
    private static readonly (string Element, string Heading)[] s_sections = [("description", ""), ("input", "Input"), ("output", "Output"), ("hint", "Hint")];
    private static readonly Dictionary<string, string> s_extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["C"] = ".c",
        ["C++"] = ".cpp",
        ["Java"] = ".java",
        ["Python"] = ".py",
        ["Python3"] = ".py",
        ["Go"] = ".go",
        ["C#"] = ".cs",
        ["JavaScript"] = ".js",
        ["Pascal"] = ".pas",
        ["Ruby"] = ".rb",
    };

    private static readonly string[] s_around = ["template", "prepend", "append"];
    private readonly XElement _item;
    private readonly string _file;
    private readonly PackageIssues _issues;

    private FpsImporter(XElement item, string file, PackageIssues issues)
    {
        _item = item;
        _file = file;
        _issues = issues;
    }

    /// <summary>The problems of the file, none when it is malformed.</summary>
    public static IReadOnlyList<FpsImporter> Read(string path, PackageIssues issues)
    {
        var name = Path.GetFileName(path);
        if (ForeignXml.Load(path, name, issues)?.Root is not { } root)
            return [];

        var items = root.Name.LocalName == "fps" ? root.Elements("item").ToList() : [];
        if (items.Count == 0)
            issues.Error(name, 1, "Not a free problem set: an 'fps' element with 'item' elements is expected.");
        return [.. items.Select(i => new FpsImporter(i, name, issues))];
    }

    /// <summary>Writes the package.</summary>
    /// <returns>A slug for the problem.</returns>
    public string Import(ModernPackageWriter writer, ImportOptions options)
    {
        var title = Text("title") ?? "Untitled";
        writer.Names["en"] = title;
        writer.Source = Text("source");
        writer.TimeLimit = Limit("time_limit") is { } time ? TimeSpan.FromSeconds(time) : options.TimeLimit;
        writer.MemoryMebibytes = Limit("memory_limit") ?? 256;
        writer.Converted("limits", string.Create(CultureInfo.InvariantCulture, $"time {writer.TimeLimit.Value.TotalSeconds} s, memory {writer.MemoryMebibytes:0.#} MiB"));
        ReadStatement(writer);
        ReadTests(writer);
        if (_item.Element("spj") is { } checker && !string.IsNullOrWhiteSpace(checker.Value))
            ReadChecker(writer, checker);
        else
        {
            writer.ValidatorArguments = ["case_sensitive"];
            writer.Approximated("checker", "the default validator with case_sensitive; the original judges call different white space a presentation error");
        }

        foreach (var solution in _item.Elements("solution").Where(s => !string.IsNullOrWhiteSpace(s.Value)))
        {
            var extension = s_extensions.GetValueOrDefault(solution.Attribute("language")?.Value ?? "");
            if (extension is null)
            {
                writer.Refused("solution", $"in {solution.Attribute("language")?.Value ?? "an unnamed language"}, which is not known.");
                continue;
            }

            var file = writer.PathOf($"submissions/accepted/{(extension == ".java" ? "Main" : "solution")}{extension}");
            File.WriteAllText(file, solution.Value);
            writer.Converted("solution", solution.Attribute("language")!.Value);
        }

        foreach (var extra in s_around.Where(e => _item.Elements(e).Any(x => !string.IsNullOrWhiteSpace(x.Value))))
            writer.Refused(extra, "code around submissions is not imported.");
        return ModernPackageWriter.Slug(title);
    }

    private void ReadStatement(ModernPackageWriter writer)
    {
        // Markdown takes HTML, and what is shown is sanitized; a blank line inside a block would end it.
        var text = new StringBuilder();
        foreach (var (element, heading) in s_sections)
        {
            if (Text(element) is not { } html)
                continue;
            if (heading.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n\n");
            text.Append("<div>\n").Append(string.Join('\n', html.ReplaceLineEndings("\n").Split('\n').Where(l => l.Trim().Length > 0))).Append("\n</div>\n");
        }

        var number = 0;
        foreach (var image in _item.Elements("img"))
        {
            var source = image.Element("src")?.Value.Trim() ?? "";
            var extension = Path.GetExtension(source).ToLowerInvariant();
            var bytes = new byte[image.Element("base64")?.Value.Length ?? 0];
            if (source.Length == 0 || extension is not (".png" or ".jpg" or ".jpeg" or ".gif" or ".svg") || !Convert.TryFromBase64String(image.Element("base64")?.Value.Trim() ?? "", bytes, out var length))
            {
                writer.Refused("image", source.Length == 0 ? "without a name." : $"'{source}' is not an image in base64.");
                continue;
            }

            var file = $"image{++number}{extension}";
            File.WriteAllBytes(writer.PathOf($"statement/{file}"), bytes[..length]);
            text.Replace(source, file);
        }

        writer.Write("statement/problem.en.md", text.Length == 0 ? "The original has no statement." : text.ToString());
        writer.Converted("statement", "its HTML inside Markdown");
    }

    private void ReadTests(ModernPackageWriter writer)
    {
        Add("sample", "sample_input", "sample_output");
        Add("secret", "test_input", "test_output");
        if (writer.SecretCount == 0)
            Add("secret", "sample_input", "sample_output");
        if (writer.SecretCount == 0)
            _issues.Error(_file, ForeignXml.Line(_item), $"'{Text("title")}' has no testcases.");
        writer.Converted("tests", $"{writer.SampleCount} samples and {writer.SecretCount} secret testcases");

        void Add(string group, string inputs, string outputs)
        {
            var (ins, outs) = (_item.Elements(inputs).ToList(), _item.Elements(outputs).ToList());
            if (ins.Count != outs.Count)
                _issues.Error(_file, ForeignXml.Line(_item), $"'{Text("title")}' has {ins.Count} {inputs} and {outs.Count} {outputs}.");
            foreach (var (index, (input, output)) in ins.Zip(outs).Index())
            {
                var (inputFile, answerFile) = writer.AddCase(group, (index + 1).ToString("000", CultureInfo.InvariantCulture));
                File.WriteAllText(inputFile, Lines(input.Value));
                File.WriteAllText(answerFile, Lines(output.Value));
            }
        }
    }

    private void ReadChecker(ModernPackageWriter writer, XElement checker)
    {
        var extension = s_extensions.GetValueOrDefault(checker.Attribute("language")?.Value ?? "C++") ?? ".cpp";
        var file = writer.PathOf($"generators/spj{extension}");
        File.WriteAllText(file, checker.Value);
        // HUSTOJ calls a special judge with input, answer, output.
        ForeignPrograms.TestlibChecker(writer, file, [], scoring: false, order: "\"$1\" \"$2\" \"${3}team_output\"");
        writer.Approximated("checker", "the special judge behind a script that passes input, answer and output and accepts with 0; other judges of this format pass other arguments");
    }

    private double? Limit(string name)
    {
        if (_item.Element(name) is not { } element || !double.TryParse(element.Value.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !(value > 0 && value < 1e9))
            return null;

        return element.Attribute("unit")?.Value.ToLowerInvariant() switch { "ms" => value / 1000, "kb" or "k" => value / 1024, "gb" => value * 1024, _ => value };
    }

    private string? Text(string name) => _item.Element(name)?.Value is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static string Lines(string text) => text.ReplaceLineEndings("\n").TrimStart('\n') is var lines && lines.Length > 0 && !lines.EndsWith('\n') ? lines + "\n" : lines;
}
