using System.Globalization;
using System.Xml.Linq;
using Gavel.Packages.Reading;

namespace Gavel.Packages.Import;

/// <summary>Imports a Polygon package, standard or full: <c>problem.xml</c> and what it names.</summary>
internal sealed partial class PolygonImporter(string source, ModernPackageWriter writer, ImportOptions options, PackageIssues issues)
{
    private static readonly Dictionary<string, string> s_languages = new()
    {
        ["english"] = "en",
        ["russian"] = "ru",
        ["ukrainian"] = "uk",
        ["belarusian"] = "be",
        ["polish"] = "pl",
        ["german"] = "de",
        ["french"] = "fr",
        ["spanish"] = "es",
        ["portuguese"] = "pt",
        ["italian"] = "it",
        ["chinese"] = "zh",
        ["japanese"] = "ja",
        ["korean"] = "ko",
        ["turkish"] = "tr",
        ["romanian"] = "ro",
        ["bulgarian"] = "bg",
        ["serbian"] = "sr",
        ["croatian"] = "hr",
        ["kazakh"] = "kk",
        ["uzbek"] = "uz",
        ["armenian"] = "hy",
        ["georgian"] = "ka",
        ["azerbaijani"] = "az",
        ["lithuanian"] = "lt",
        ["latvian"] = "lv",
        ["estonian"] = "et",
        ["hungarian"] = "hu",
        ["czech"] = "cs",
        ["slovak"] = "sk",
        ["slovene"] = "sl",
        ["dutch"] = "nl",
        ["swedish"] = "sv",
        ["norwegian"] = "no",
        ["danish"] = "da",
        ["finnish"] = "fi",
        ["greek"] = "el",
        ["arabic"] = "ar",
        ["persian"] = "fa",
        ["hebrew"] = "he",
        ["vietnamese"] = "vi",
        ["indonesian"] = "id",
        ["mongolian"] = "mn",
        ["macedonian"] = "mk",
    };

    private static readonly string[] s_sources = [".cpp", ".c", ".cc", ".java", ".py", ".pas", ".dpr", ".kt", ".cs", ".go", ".sh", ".bat"];
    private readonly List<string> _headers = [];

    // What generators may read while they run.
    private readonly List<string> _resources = [];

    public async Task ImportAsync(CancellationToken ct)
    {
        if (ForeignXml.Load(Path.Combine(source, "problem.xml"), "problem.xml", issues)?.Root is not { } problem || problem.Name.LocalName != "problem")
        {
            if (issues.Errors.Count == 0)
                issues.Error("problem.xml", 1, "The root element must be 'problem'.");
            return;
        }

        foreach (var name in problem.Elements("names").Elements("name"))
            writer.Names.TryAdd(Language(name.Attribute("language")?.Value), name.Attribute("value")?.Value ?? "Untitled");

        var judging = problem.Element("judging");
        var testset = judging?.Elements("testset").FirstOrDefault(t => t.Attribute("name")?.Value == "tests") ?? judging?.Element("testset");
        if (testset is null)
        {
            issues.Error("problem.xml", judging is null ? 1 : ForeignXml.Line(judging), "There is no testset.");
            return;
        }

        ReadLimits(judging!, testset);
        // The headers that lie beside the programs: testlib.h and what the author added.
        _headers.AddRange(problem.Elements("files").Elements("resources").Elements("file").Select(f => Find(f.Attribute("path")?.Value)).OfType<string>().Where(f => Path.GetExtension(f) is ".h" or ".hpp"));
        _resources.AddRange(problem.Elements("files").Elements("resources").Elements("file").Select(f => Find(f.Attribute("path")?.Value)).OfType<string>().Where(f => !_headers.Contains(f) && !s_sources.Contains(Path.GetExtension(f))));
        var scoring = testset.Descendants("test").Concat(testset.Descendants("group")).Any(t => Number(t, "points") > 0);
        if (scoring)
            writer.Types.Add("scoring");

        ReadPrograms(problem, scoring);
        ReadSolutions(problem);
        ReadStatements(problem);
        await ReadTestsAsync(problem, testset, scoring, ct);
    }

    private void ReadLimits(XElement judging, XElement testset)
    {
        writer.TimeLimit = TimeSpan.FromMilliseconds(Whole(testset.Element("time-limit")) ?? 1000);
        writer.MemoryMebibytes = (Whole(testset.Element("memory-limit")) ?? 256L << 20) / 1048576.0;
        writer.Converted("limits", string.Create(CultureInfo.InvariantCulture, $"time {writer.TimeLimit.Value.TotalSeconds} s, memory {writer.MemoryMebibytes:0.#} MiB"));
        if (judging.Parent?.Element("assets")?.Element("interactor") is null)
            writer.UseFiles(judging.Attribute("input-file")?.Value, judging.Attribute("output-file")?.Value, issues, "problem.xml", ForeignXml.Line(judging));
        foreach (var other in judging.Elements("testset").Where(t => t != testset && t.Attribute("name")?.Value is not ("pretests" or null)))
            writer.Refused("testset", $"'{other.Attribute("name")?.Value}' is not the main testset.");
    }

    private void ReadPrograms(XElement problem, bool scoring)
    {
        var assets = problem.Element("assets");
        var checkerElement = assets?.Element("checker");
        var checker = Find(checkerElement?.Element("source")?.Attribute("path")?.Value);
        if (Find(assets?.Element("interactor")?.Element("source")?.Attribute("path")?.Value) is { } interactor)
        {
            writer.Types.Add("interactive");
            if (Runs(problem.Element("judging")!, assets!.Element("interactor")) is { } runs)
            {
                writer.Types.Add("multi-pass");
                // The first input is kept from one run to the next, among the validator's feedback.
                writer.MoreLimits.Add("  validation_output: 256\n");
                ForeignPrograms.TestlibInteractorOfTwoRuns(writer, interactor, checker, _headers, scoring, talksTwice: runs == 2);
                writer.Converted("run-count", runs == 2 ? "submissions run twice, each time with the interactor; what it writes in the first run is its input in the second" : "submissions run twice; what the interactor writes in the first run is the input of the second");
            }
            else
                ForeignPrograms.TestlibInteractor(writer, interactor, checker, _headers, scoring);
            writer.Converted("interactor", "kept as it is, behind a script that translates arguments and exit codes");
        }
        else if (Runs(problem.Element("judging")!, null) is null)
            ReadChecker(checkerElement?.Attribute("name")?.Value ?? "", checker, scoring);

        ReadProgramTests(assets);
        foreach (var validator in assets?.Elements("validators").Elements("validator").Select(v => Find(v.Element("source")?.Attribute("path")?.Value)).OfType<string>() ?? [])
        {
            ForeignPrograms.TestlibValidator(writer, Path.GetFileNameWithoutExtension(validator), validator, _headers);
            writer.Converted("validator", Path.GetFileName(validator));
        }

        if (!_headers.Any(h => Path.GetFileName(h) == "testlib.h"))
            writer.Approximated("testlib.h", "the package does not bring it along; programs that include it need one beside them.");
        foreach (var generator in problem.Elements("files").Elements("executables").Elements("executable").Select(e => Find(e.Element("source")?.Attribute("path")?.Value)).OfType<string>().Distinct())
            writer.Copy(generator, $"generators/{ModernPackageWriter.SafeName(Path.GetFileName(generator))}");
    }

    /// <summary>How many of two runs the interactor takes part in; null when solutions run once.</summary>
    private int? Runs(XElement judging, XElement? interactor)
    {
        if (judging.Attribute("run-count")?.Value is not { } text || text is "1" or "")
            return null;

        var talks = interactor?.Elements("runs").Elements("run").Select(r => r.Value.Trim()).Distinct().Order(StringComparer.Ordinal).ToList() ?? [];
        if (text != "2" || interactor is null)
            issues.Error("problem.xml", ForeignXml.Line(judging), interactor is null ? $"Solutions are run {text} times per test (run-count) without an interactor; what they get the second time is not said." : $"run-count must be 1 or 2, not '{text}'.");
        else if (talks is not ([] or ["1"] or ["1", "2"]))
            issues.Error("problem.xml", ForeignXml.Line(interactor.Element("runs")!), $"The interactor takes part in run {string.Join(" and ", talks)}; it must be 1, or 1 and 2.");
        return Math.Max(1, talks.Count);
    }

    private void ReadChecker(string name, string? checker, bool scoring)
    {
        if (name.StartsWith("std::", StringComparison.Ordinal) && StandardCheckers.Use(writer, name))
            return;
        if (checker is not null)
        {
            ForeignPrograms.TestlibChecker(writer, checker, _headers, scoring);
            writer.Converted("checker", $"{Path.GetFileName(checker)}: kept as it is, behind a script that translates arguments and exit codes");
        }
        else
            writer.Refused("checker", name.Length == 0 ? "the package names none; the default validator is used." : $"{name} has no source in the package; the default validator is used.");
    }

    private void ReadSolutions(XElement problem)
    {
        // Elsewhere a tag speaks about the verdict of the whole; testcases may fail in other ways too.
        writer.SetFolderRule("wrong_answer", "  permitted: [AC, WA, TLE, RTE]\n");
        writer.SetFolderRule("time_limit_exceeded", "  permitted: [AC, WA, TLE, RTE]\n");
        writer.SetFolderRule("run_time_error", "  permitted: [AC, WA, TLE, RTE]\n");
        foreach (var solution in problem.Elements("assets").Elements("solutions").Elements("solution"))
        {
            var tag = solution.Attribute("tag")?.Value ?? "rejected";
            if (Find(solution.Element("source")?.Attribute("path")?.Value) is not { } file)
            {
                writer.Refused("solution", $"the {tag} solution has no source in the package.");
                continue;
            }

            switch (tag)
            {
                case "main":
                    writer.AddSubmission("accepted", file, "  model_solution: true\n");
                    break;
                case "accepted":
                    writer.AddSubmission("accepted", file);
                    break;
                case "wrong-answer" or "presentation-error":
                    writer.AddSubmission("wrong_answer", file);
                    break;
                case "time-limit-exceeded":
                    writer.AddSubmission("time_limit_exceeded", file);
                    break;
                case "memory-limit-exceeded":
                    writer.AddSubmission("run_time_error", file);
                    break;
                case "time-limit-exceeded-or-accepted":
                    writer.AddSubmission("mixed", file, "  permitted: [AC, TLE]\n  use_for_time_limit: false\n");
                    break;
                case "time-limit-exceeded-or-memory-limit-exceeded":
                    writer.AddSubmission("mixed", file, "  required: [TLE, RTE]\n");
                    break;
                case "do-not-run":
                    writer.Refused("solution", $"{Path.GetFileName(file)} is marked do-not-run.");
                    continue;
                default:
                    writer.AddSubmission("rejected", file);
                    break;
            }

            writer.Converted("solution", $"{Path.GetFileName(file)} ({tag})");
            if (solution.Element("extra-tags")?.HasElements == true)
                writer.Refused("solution", $"{Path.GetFileName(file)}: its tags for single testsets or groups are not imported.");
        }
    }

    /// <summary>A file that problem.xml names; null when it is missing, leads out of the package or is for Windows only.</summary>
    private string? Find(string? path)
    {
        if (string.IsNullOrEmpty(path) || path.Contains('\\', StringComparison.Ordinal) || Path.IsPathRooted(path))
            return null;

        var full = Path.GetFullPath(Path.Combine(source, path));
        return full.StartsWith(source + '/', StringComparison.Ordinal) && File.Exists(full) && !path.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? full : null;
    }

    private static string Language(string? name) => s_languages.GetValueOrDefault(name?.ToLowerInvariant() ?? "english", "en");

    private static long? Whole(XElement? element) => long.TryParse(element?.Value.Trim(), CultureInfo.InvariantCulture, out var n) && n > 0 ? n : null;

    private static double Number(XElement element, string attribute) =>
        double.TryParse(element.Attribute(attribute)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && double.IsFinite(n) ? n : 0;
}
