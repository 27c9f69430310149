using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Gavel.Packages.Configuration;
using Gavel.Packages.Reading;

namespace Gavel.Packages.Import;

internal sealed partial class PolygonImporter
{
    // By command, the folder with what it wrote.
    private readonly Dictionary<string, string> _written = [];

    private async Task ReadTestsAsync(XElement problem, XElement testset, bool scoring, CancellationToken ct)
    {
        var tests = testset.Elements("tests").Elements("test").Select((t, i) => new PolygonTest(i + 1, t)).ToList();
        if (tests.Count == 0)
            issues.Error("problem.xml", ForeignXml.Line(testset), "The testset has no tests.");

        var plan = scoring ? new PolygonGroups(testset, tests, writer) : null;
        var (generated, solved) = (0, 0);
        foreach (var test in tests)
        {
            var name = test.Index.ToString("000", CultureInfo.InvariantCulture);
            var places = new List<string>();
            if (test.Sample)
                places.Add("sample");
            if (plan?.FolderOf(test) is { } group)
                places.Add(group);
            else if (!test.Sample || tests.TrueForAll(t => t.Sample))
                places.Add("secret");

            var (input, answer) = writer.AddCase(places[0], name);
            if (FindTest(testset.Element("input-path-pattern")?.Value, test.Index) is { } inputFile)
                File.Copy(inputFile, input, overwrite: true);
            else if (await GenerateAsync(problem, test, input, ct))
                generated++;
            else
                return;

            if (FindTest(testset.Element("answer-path-pattern")?.Value, test.Index) is { } answerFile)
                File.Copy(answerFile, answer, overwrite: true);
            else if (await SolveAsync(problem, test, input, answer, ct))
                solved++;
            else
                return;

            foreach (var other in places.Skip(1))
            {
                var (inputCopy, answerCopy) = writer.AddCase(other, name);
                File.Copy(input, inputCopy, overwrite: true);
                File.Copy(answer, answerCopy, overwrite: true);
            }

            if (test.Sample)
                CopyShownSample(test.Index, name, input, answer);
        }

        plan?.Write(writer);
        writer.Converted("tests", $"{tests.Count} tests ({generated} generated, {solved} answers made)");
    }

    /// <summary>Where the statement shows something else than the test itself: the shown texts of the first language that has them.</summary>
    private void CopyShownSample(int index, string name, string input, string answer)
    {
        foreach (var folder in Folders("statement-sections"))
        {
            var shown = Path.Combine(folder, $"example.{index.ToString("00", CultureInfo.InvariantCulture)}");
            if (!File.Exists(shown) || !File.Exists(shown + ".a"))
                continue;

            foreach (var (from, original, extension) in new[] { (shown, input, "in"), (shown + ".a", answer, "ans") })
            {
                if (!File.ReadAllText(from).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SequenceEqual(File.ReadAllText(original).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
                {
                    writer.Copy(from, $"data/sample/{name}.{extension}.statement");
                    writer.Copy(from, $"data/sample/{name}.{extension}.download");
                }
            }

            return;
        }
    }

    private async Task<bool> GenerateAsync(XElement problem, PolygonTest test, string output, CancellationToken ct)
    {
        var arguments = ArgumentLine.Split(test.Command ?? "");
        if (test.Method != "generated" || arguments is not { Count: > 0 })
        {
            issues.Error("problem.xml", test.Line, $"Test {test.Index} is not in the package, and there is no command that makes it.");
            return false;
        }

        var generator = problem.Elements("files").Elements("executables").Elements("executable").Select(e => Find(e.Element("source")?.Attribute("path")?.Value)).OfType<string>()
            .FirstOrDefault(f => Path.GetFileNameWithoutExtension(f) == arguments[0]);
        var what = $"the generator '{arguments[0]}'";
        if (test.FromFile is not { } file)
            return await RunAsync(test, new(generator ?? "", _headers, [.. arguments.Skip(1)], null, output), what, ct);

        // One command that writes several tests, each into a file of its own.
        if (!_written.TryGetValue(test.Command!, out var folder))
        {
            folder = $"{writer.Folder}-written-{_written.Count + 1}";
            if (!await RunAsync(test, new(generator ?? "", _headers, [.. arguments.Skip(1)], null, folder + "-said") { FilesFolder = folder }, what, ct))
                return false;
            _written[test.Command!] = folder;
        }

        if (PackageFolder.IsAllowed(file) && File.Exists(Path.Combine(folder, file)))
        {
            File.Copy(Path.Combine(folder, file), output, overwrite: true);
            return true;
        }

        issues.Error("problem.xml", test.Line, $"Test {test.Index}: {what} did not write the file '{file}'.");
        return false;
    }

    private Task<bool> SolveAsync(XElement problem, PolygonTest test, string input, string output, CancellationToken ct)
    {
        var main = problem.Elements("assets").Elements("solutions").Elements("solution").Where(s => s.Attribute("tag")?.Value == "main").Select(s => Find(s.Element("source")?.Attribute("path")?.Value)).FirstOrDefault();
        return RunAsync(test, new(main ?? "", _headers, [], input, output) { InputFileName = writer.InputFile, OutputFileName = writer.OutputFile }, "the main solution", ct);
    }

    private async Task<bool> RunAsync(PolygonTest test, ProgramCall call, string what, CancellationToken ct)
    {
        if (call.Source.Length == 0)
            issues.Error("problem.xml", test.Line, $"Test {test.Index} needs {what}, whose source is not in the package.");
        else if (options.Run is not { } run)
            issues.Error("problem.xml", test.Line, $"Test {test.Index} has to be made by {what}, and nothing is given to run it with.");
        else if (await run(call with { WorkFiles = _resources }, ct) is { Succeeded: false } failed)
            issues.Error("problem.xml", test.Line, $"Test {test.Index}: {what} failed: {failed.Message}");
        else
            return true;

        return false;
    }

    private string? FindTest(string? pattern, int index)
    {
        if (pattern is null)
            return null;

        var path = NumberPattern().Replace(pattern, m => index.ToString(m.Groups[1].Length > 0 ? new string('0', int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)) : "0", CultureInfo.InvariantCulture), 1);
        return Find(path);
    }

    [GeneratedRegex(@"%0?([1-9]?)d", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();
}

/// <summary>A test of a Polygon testset.</summary>
internal sealed class PolygonTest(int index, XElement element)
{
    public int Index => index;

    public int? Line => ForeignXml.Line(element);

    public bool Sample => element.Attribute("sample")?.Value == "true";

    public string Method => element.Attribute("method")?.Value ?? "manual";

    public string? Command => element.Attribute("cmd")?.Value;

    public string? FromFile => element.Attribute("from-file")?.Value;

    public string Group => element.Attribute("group")?.Value ?? "";

    public double Points => double.TryParse(element.Attribute("points")?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && double.IsFinite(n) ? n : 0;
}
