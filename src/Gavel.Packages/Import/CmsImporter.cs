using System.Globalization;
using Gavel.Packages.Reading;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Import;

/// <summary>Imports a CMS task in the italy_yaml layout: <c>task.yaml</c> (English or Italian keys), input/, output/, gen/GEN, sol/, check/.</summary>
internal sealed partial class CmsImporter(string source, string name, ModernPackageWriter writer, ImportOptions options, PackageIssues issues)
{
    private static readonly string[] s_sources = [".cpp", ".cc", ".c", ".py"];

    private static readonly string[] s_compiledCheckers = ["check/checker", "cor/correttore"];

    // Keys that configure the contest, not the judging; those of the task are read below.
    private static readonly string[] s_contestKeys = ["token_", "max_", "min_", "feedback_level", "score_mode", "score_precision", "allowed_languages", "difficulty", "nome_breve", "risultati", "public_testcases"];
    private readonly ForeignFolder _folder = new(source);

    public Task ImportAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var yaml = YamlSection.Read(new PackageFile("task.yaml", "task.yaml", Path.Combine(source, "task.yaml")), issues);
        if (issues.Errors.Count > 0)
            return Task.CompletedTask;

        var outputOnly = yaml.Flag("output_only") == true;
        var manager = FirstSource("check/manager", "cor/manager");
        ReadTask(yaml, outputOnly || manager is not null);
        var cases = ReadCases(yaml);
        if (issues.Errors.Count > 0)
            return Task.CompletedTask;

        var checker = FirstSource("check/checker", "cor/correttore", "check/correttore", "cor/checker");
        var groups = ReadGroups(yaml, cases, partial: checker is not null || manager is not null);
        if (issues.Errors.Count > 0)
            return Task.CompletedTask;

        writer.Types.Add("scoring");
        if (manager is not null)
            Communication(yaml, manager);
        else if (checker is not null)
        {
            ForeignPrograms.CmsChecker(writer, checker, Headers(checker));
            writer.Converted("checker", $"{Path.GetFileName(checker)}: kept as it is, behind a script that translates arguments and outcomes");
        }
        else
        {
            writer.Checker = new("cms-white-diff", []);
            writer.ValidatorArguments = ["case_sensitive"];
            writer.Converted("checker", "white-diff: by name in gavel.yaml; other systems use the default validator with case_sensitive");
        }

        if (outputOnly)
        {
            writer.Types.Add("submit-answer");
            writer.Approximated("output_only", "answers are handed in under the names of the testcases here (group01/001.out), not as output_000.txt; there is no taking over from an earlier submission.");
        }

        ScoredGroups.Write(writer, groups, (from, to) => File.Copy(from, to, overwrite: true));
        writer.Converted("tests", $"{cases.Count} testcases");
        ReadFiles(manager is not null, outputOnly);
        return Task.CompletedTask;
    }

    private void ReadTask(YamlSection yaml, bool ownFiles)
    {
        writer.Names[Language(yaml)] = yaml.Text("title") ?? yaml.Text("nome") ?? yaml.Text("name") ?? name;
        writer.TimeLimit = TimeSpan.FromSeconds(yaml.Number("time_limit") ?? yaml.Number("timeout") ?? options.TimeLimit.TotalSeconds);
        writer.MemoryMebibytes = yaml.Number("memory_limit") ?? yaml.Number("memlimit") ?? 256;
        writer.Converted("limits", string.Create(CultureInfo.InvariantCulture, $"time {writer.TimeLimit.Value.TotalSeconds} s, memory {writer.MemoryMebibytes:0.#} MiB"));
        if (FirstSource("check/manager", "cor/manager") is null && (File.Exists(Path.Combine(source, "check/manager")) || File.Exists(Path.Combine(source, "cor/manager"))))
            issues.Error("check/manager", null, "The manager is there as a compiled program only; its source is needed.");
        if (FirstSource("check/checker", "cor/correttore", "check/correttore", "cor/checker") is null && s_compiledCheckers.FirstOrDefault(f => File.Exists(Path.Combine(source, f))) is { } compiled)
            issues.Error(compiled, null, "The checker is there as a compiled program only; its source is needed.");
        if (yaml.Text("task_type") is { } type && type is not ("Batch" or "OutputOnly" or "Communication"))
            issues.Error("task.yaml", yaml.LineOf("task_type"), $"Tasks of type {type} have no counterpart here.");

        // The keys default to these files where they are not given.
        if (!ownFiles)
            writer.UseFiles(FileName("infile", "input.txt"), FileName("outfile", "output.txt"), issues, "task.yaml", yaml.Has("infile") ? yaml.LineOf("infile") : null);

        var contest = yaml.Entries.Select(e => e.Key).Where(k => s_contestKeys.Any(c => k.StartsWith(c, StringComparison.Ordinal))).ToList();
        if (contest.Count > 0)
            writer.Approximated("contest settings", $"{string.Join(", ", contest)}: settings of the contest, left to the contest here.");

        string FileName(string key, string fallback) => yaml.Entries.FirstOrDefault(e => e.Key == key)?.Value is YamlScalar given ? given.IsNull ? "" : given.Value : fallback;
    }

    private List<(string Input, string Answer)> ReadCases(YamlSection yaml)
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
        else if (yaml.Integer("n_input", 0) is { } announced && announced != cases.Count)
            issues.Error("task.yaml", yaml.LineOf("n_input"), $"n_input announces {announced} testcases, but there are {cases.Count}.");
        return cases;
    }

    /// <summary>The manager becomes the interactor; a stub is compiled together with submissions.</summary>
    private void Communication(YamlSection yaml, string manager)
    {
        writer.Types.Add("interactive");
        if (yaml.Integer("num_processes", 1) is > 1)
            issues.Error("task.yaml", yaml.LineOf("num_processes"), "Communication with several processes per submission has no counterpart here.");

        ForeignPrograms.CmsManager(writer, manager, Headers(manager));
        writer.Converted("manager", $"{Path.GetFileName(manager)}: kept as it is; what the format gives an interactor on standard input and output, a script hands it as the files it opens");

        // A program that opens the pipes itself, or by its stub, gets their names: what it reads, then what it writes.
        var stub = _folder.Files("sol").Any(f => Path.GetFileNameWithoutExtension(f) == "stub");
        if (yaml.Text("user_io") == "fifo_io" || stub && yaml.Text("user_io") is null)
            writer.Arguments = ["/dev/stdin", "/dev/stdout"];
    }

    private void ReadFiles(bool communication, bool outputOnly)
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
        var wanted = communication ? "stub" : "grader";
        foreach (var file in outputOnly ? [] : _folder.Files("sol"))
        {
            var (baseName, extension) = (Path.GetFileNameWithoutExtension(file), Path.GetExtension(file));
            if (baseName is "grader" or "stub" && baseName != wanted)
                continue;
            if (baseName == wanted || extension is ".h" or ".hpp" || baseName.EndsWith("lib", StringComparison.Ordinal) && extension == ".pas")
                Include(file, baseName == wanted);
            else if (extension is not (".cpp" or ".cc" or ".c" or ".py" or ".java" or ".pas"))
                continue;
            else if (baseName is "solution" or "soluzione" || baseName == name)
                writer.AddSubmission("accepted", file, "  model_solution: true\n");
            else
                writer.AddSubmission("mixed", file, "  use_for_time_limit: false\n");
        }
    }

    // What CMS links to submissions lies in include/ of the language here, and is compiled with them.
    private void Include(string file, bool main)
    {
        var extension = Path.GetExtension(file);
        string[] languages = extension switch { ".cpp" or ".cc" => ["cpp"], ".c" => ["c"], ".h" or ".hpp" => ["c", "cpp"], ".py" => ["python3"], _ => [] };
        var file2 = extension == ".py" && main ? "__main__.py" : Path.GetFileName(file);
        foreach (var language in languages)
        {
            writer.Copy(file, $"include/{language}/{file2}");
            if (main)
                writer.Languages.Add(language);
        }

        if (languages.Length == 0)
            writer.Refused("grader", $"{Path.GetFileName(file)}: what is linked to submissions in this language is not imported.");
        else if (main)
            writer.Converted("grader", $"{Path.GetFileName(file)}: compiled together with submissions{(extension == ".py" ? $"; their file must be called {name}.py" : "")}");
    }

    private IEnumerable<string> Headers(string program) => Directory.EnumerateFiles(Path.GetDirectoryName(program)!).Where(f => Path.GetExtension(f) is ".h" or ".hpp").Order(StringComparer.Ordinal);

    private string? FirstSource(params IEnumerable<string> names) =>
        names.SelectMany(n => s_sources.Select(e => _folder.File(n + e))).OfType<string>().FirstOrDefault();

    private static string Language(YamlSection yaml) => yaml.Text("primary_language") is { Length: 2 } language && language.All(char.IsAsciiLetterLower) ? language : "it";
}
