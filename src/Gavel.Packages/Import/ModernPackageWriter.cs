using System.Globalization;
using System.Text;
using Gavel.Core.Checking;
using Gavel.Packages.Configuration;
using Gavel.Packages.Reading;

namespace Gavel.Packages.Import;

/// <summary>Writes a 2025-09 package part by part, and keeps the report of what came through.</summary>
internal sealed class ModernPackageWriter(string folder)
{
    private readonly List<ConversionNote> _notes = [];
    private readonly StringBuilder _submissions = new();
    private readonly SortedDictionary<string, string> _folderRules = new(StringComparer.Ordinal);
    private readonly HashSet<string> _submissionNames = [];

    public string Folder => folder;

    public IReadOnlyList<ConversionNote> Notes => _notes;

    public Dictionary<string, string> Names { get; } = [];

    public List<string> Types { get; } = [];

    public string? Uuid { get; set; }

    public TimeSpan? TimeLimit { get; set; }

    public double? MemoryMebibytes { get; set; }

    /// <summary>Further lines below <c>limits:</c>, indented and ended.</summary>
    public List<string> MoreLimits { get; } = [];

    /// <summary>Further lines of <c>problem.yaml</c>, each ended.</summary>
    public List<string> MoreKeys { get; } = [];

    /// <summary>The most a submission may print; null for the format's default.</summary>
    public double? OutputMebibytes { get; set; }

    /// <summary>Languages submissions may use; empty for all.</summary>
    public SortedSet<string> Languages { get; } = [];

    /// <summary>Arguments of submissions, for every testcase.</summary>
    public IReadOnlyList<string> Arguments { get; set; } = [];

    /// <summary>Where the output validator that is being written belongs; below <c>output_validator</c> when there are several to choose from.</summary>
    public string ValidatorFolder { get; set; } = "output_validator";

    /// <summary>Flags that the author compiles checkers and interactors with, after those that every program gets.</summary>
    public IReadOnlyList<string> CompilerFlags { get; set; } = [];

    public string? Source { get; set; }

    public IReadOnlyList<string> Authors { get; set; } = [];

    public IReadOnlyList<string> Keywords { get; set; } = [];

    /// <summary>Flags of the default validator, for every testcase.</summary>
    public IReadOnlyList<string> ValidatorArguments { get; set; } = [];

    /// <summary>The checker that Gavel judges with, by name; <see cref="ValidatorArguments"/> is then what comes nearest to it elsewhere.</summary>
    public CheckerChoice? Checker { get; set; }

    /// <summary>Groups, below <c>data</c>, that count their testcases as <c>max</c> or <c>product</c>, which the format has no word for.</summary>
    public SortedDictionary<string, string> Aggregations { get; } = new(StringComparer.Ordinal);

    /// <summary>The file that submissions read the input from; null or empty for standard input.</summary>
    public string? InputFile { get; private set; }

    /// <summary>The file that submissions leave their output in; null or empty for standard output.</summary>
    public string? OutputFile { get; private set; }

    public int SampleCount { get; private set; }

    public int SecretCount { get; private set; }

    public void Converted(string part, string message) => _notes.Add(new(ConversionOutcome.Converted, part, message));

    public void Approximated(string part, string message) => _notes.Add(new(ConversionOutcome.Approximated, part, message));

    public void Refused(string part, string message) => _notes.Add(new(ConversionOutcome.Refused, part, message));

    /// <summary>Submissions use these files instead of standard input and output; null or empty leaves one of them.</summary>
    public void UseFiles(string? input, string? output, PackageIssues issues, string file, int? line)
    {
        (InputFile, OutputFile) = (string.IsNullOrEmpty(input) ? null : input, string.IsNullOrEmpty(output) ? null : output);
        if ((InputFile ?? OutputFile) is null)
            return;

        foreach (var name in new[] { InputFile, OutputFile }.OfType<string>().Where(n => !PackageFolder.IsAllowed(n)))
            issues.Error(file, line, $"'{name}' cannot be the name of a file that submissions read or write.");
        Converted("file input and output", $"{InputFile ?? "standard input"} and {OutputFile ?? "standard output"}: by name in gavel.yaml; other systems use standard input and output");
    }

    public string PathOf(string path)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    public void Write(string path, string text, bool executable = false)
    {
        File.WriteAllText(PathOf(path), text.EndsWith('\n') || text.Length == 0 ? text : text + "\n");
        if (executable && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf(path), (UnixFileMode)0b111_101_101);
    }

    public void Copy(string source, string path) => File.Copy(source, PathOf(path), overwrite: true);

    /// <summary>Adds a testcase. <paramref name="group"/> is <c>sample</c>, <c>secret</c> or <c>secret/name</c>.</summary>
    /// <returns>The paths to put the input and the answer at.</returns>
    public (string Input, string Answer) AddCase(string group, string name)
    {
        if (group == "sample")
            SampleCount++;
        else
            SecretCount++;
        return (PathOf($"data/{group}/{name}.in"), PathOf($"data/{group}/{name}.ans"));
    }

    /// <summary>Arguments of the output validator for one testcase, in place of its group's.</summary>
    public void WriteCaseArguments(string inputFile, IEnumerable<string> arguments) =>
        File.WriteAllText(Path.ChangeExtension(inputFile, ".yaml"), $"output_validator_args: [{string.Join(", ", arguments.Select(Quote))}]\n");

    /// <summary>Files that submissions find beside themselves in one testcase, by name.</summary>
    public static void WriteCaseFiles(string inputFile, IReadOnlyDictionary<string, string> files)
    {
        foreach (var (name, file) in files)
            File.Copy(file, Path.Combine(Directory.CreateDirectory(Path.ChangeExtension(inputFile, ".files")).FullName, name), overwrite: true);
    }

    /// <summary>Adds a submission under a name that is allowed and not taken. <paramref name="rule"/> is YAML for submissions.yaml.</summary>
    public void AddSubmission(string expectation, string file, string? rule = null)
    {
        var name = SafeName(Path.GetFileName(file));
        for (var i = 2; !_submissionNames.Add($"{expectation}/{name}"); i++)
            name = $"{SafeName(Path.GetFileNameWithoutExtension(file))}_{i}{Path.GetExtension(file)}";
        Copy(file, $"submissions/{expectation}/{name}");
        if (rule is not null)
            _submissions.Append(CultureInfo.InvariantCulture, $"{expectation}/{name}:\n{rule}");
    }

    /// <summary>A rule for a whole folder of submissions, instead of the format's default.</summary>
    public void SetFolderRule(string expectation, string rule) => _folderRules[expectation] = rule;

    /// <summary>Writes a group's configuration.</summary>
    public void WriteGroup(string group, params IEnumerable<string> lines) => Write($"data/{group}/test_group.yaml", string.Join('\n', lines));

    /// <summary>Writes problem.yaml and what else is known only in the end.</summary>
    public void Finish()
    {
        var yaml = new StringBuilder("problem_format_version: 2025-09\n");
        if (Types.Count > 0)
            yaml.Append(CultureInfo.InvariantCulture, $"type: [{string.Join(", ", Types)}]\n");
        yaml.Append("name:\n");
        foreach (var (language, name) in Names.OrderBy(n => n.Key, StringComparer.Ordinal))
            yaml.Append(CultureInfo.InvariantCulture, $"  {language}: {Quote(name)}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"uuid: {Uuid ?? Guid.NewGuid().ToString()}\n");
        if (Authors.Count > 0)
            yaml.Append(CultureInfo.InvariantCulture, $"credits:\n  authors: [{string.Join(", ", Authors.Select(Quote))}]\n");
        if (!string.IsNullOrWhiteSpace(Source))
            yaml.Append(CultureInfo.InvariantCulture, $"source: {Quote(Source.Trim())}\n");
        if (Keywords.Count > 0)
            yaml.Append(CultureInfo.InvariantCulture, $"keywords: [{string.Join(", ", Keywords.Select(Quote))}]\n");
        if (Languages.Count > 0)
            yaml.Append(CultureInfo.InvariantCulture, $"languages: [{string.Join(", ", Languages)}]\n");
        yaml.AppendJoin("", MoreKeys);
        if (TimeLimit is not null || MemoryMebibytes is not null || OutputMebibytes is not null || MoreLimits.Count > 0)
            yaml.Append("limits:\n");
        if (TimeLimit is { } time)
            yaml.Append(CultureInfo.InvariantCulture, $"  time_limit: {time.TotalSeconds:0.###}\n");
        if (MemoryMebibytes is { } memory)
            yaml.Append(CultureInfo.InvariantCulture, $"  memory: {Math.Max(1, Math.Ceiling(memory)):0}\n");
        if (OutputMebibytes is { } output)
            yaml.Append(CultureInfo.InvariantCulture, $"  output: {Math.Max(1, Math.Ceiling(output)):0}\n");
        yaml.AppendJoin("", MoreLimits);
        Write("problem.yaml", yaml.ToString());
        // A rule for a folder that is not there would only be warned about.
        var rules = string.Concat(_folderRules.Where(r => Directory.Exists(Path.Combine(folder, "submissions", r.Key))).Select(r => $"{r.Key}:\n{r.Value}")) + _submissions;
        if (rules.Length > 0)
            Write("submissions/submissions.yaml", rules);
        var gavel = (Checker is null ? "" : $"checker: {Quote(Checker.ToString())}\n")
            + (InputFile is null ? "" : $"input_file: {Quote(InputFile)}\n")
            + (OutputFile is null ? "" : $"output_file: {Quote(OutputFile)}\n")
            + (Aggregations.Count == 0 ? "" : "score_aggregation:\n" + string.Concat(Aggregations.Select(g => $"  {Quote(g.Key)}: {g.Value}\n")));
        if (gavel.Length > 0)
            Write(GavelYaml.FileName, gavel);
        if (ValidatorArguments.Count > 0)
            AppendToGroups("output_validator_args", ValidatorArguments);
        if (Arguments.Count > 0)
            AppendToGroups("args", Arguments);
    }

    /// <summary>A name that the format allows, as close to the given one as can be.</summary>
    public static string SafeName(string name)
    {
        var safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' ? c : '_')).TrimStart('.', '-');
        return safe.Length == 0 ? "x" : safe.Length <= 120 ? safe : safe[..100] + Path.GetExtension(safe);
    }

    /// <summary>A slug made of a title.</summary>
    public static string Slug(string title)
    {
        var slug = string.Concat(title.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
        return slug.Length == 0 ? "problem" : slug.Length <= 40 ? slug : slug[..40];
    }

    /// <summary>A text as a YAML value.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                _ when char.IsControl(c) => $"\\x{(int)c:X2}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Groups do not inherit from each other, so every group with testcases gets the arguments.</summary>
    private void AppendToGroups(string key, IReadOnlyList<string> arguments)
    {
        var line = $"{key}: [{string.Join(", ", arguments.Select(Quote))}]\n";
        foreach (var group in Directory.EnumerateFiles(Path.Combine(folder, "data"), "*.in", SearchOption.AllDirectories).Where(f => !f.Contains("/data/invalid_", StringComparison.Ordinal) && !f.Contains("/data/valid_", StringComparison.Ordinal)).Select(f => Path.GetDirectoryName(f)!).Distinct().ToList())
            File.AppendAllText(Path.Combine(group, "test_group.yaml"), line);
    }
}
