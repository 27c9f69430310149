using System.Globalization;
using System.Text;
using Gavel.Core.Problems;
using Gavel.Packages.Import;

namespace Gavel.Packages.Export;

/// <summary>Writes one problem into a folder, in one of the formats. A package that is in the wanted family already is copied as it is.</summary>
internal sealed partial class FormatExport(Problem problem, string folder, TimeSpan? timeLimit)
{
    private static readonly string[] s_withConstants = ["input_validators/", "output_validators/", "include/", "submissions/"];
    private readonly List<ConversionNote> _notes = [];
    private readonly List<PackageIssue> _issues = [];
    private bool _substitute;

    public IReadOnlyList<ConversionNote> Notes => _notes;

    private bool FromLegacy => problem.FormatVersion.StartsWith("legacy", StringComparison.Ordinal);

    /// <summary>True where <c>testdata.yaml</c> configures the groups: in legacy packages, and in drafts of 2025-09 that kept it.</summary>
    private bool HasLegacyData => problem.Data.Grading is GroupGrading.Legacy;

    public IReadOnlyList<PackageIssue> WriteModern()
    {
        if (!HasLegacyData)
            return CopyWhole("2025-09");

        if (problem.OutputValidators.Count > 1)
            Refuse("output_validators", "2025-09 has one output validator; this problem has several.");
        if (problem.LowerScoreIsBetter)
            Refuse("problem.yaml", "2025-09 has no problems in which a lower score is better.");
        var scoring = problem.Type.HasFlag(ProblemType.Scoring);
        if (!scoring && problem.Data.SelfAndGroups.Any(g => g.Grading is GroupGrading.Legacy { CustomGrader: true } or GroupGrading.Legacy { GraderFlags.Count: > 0 }))
            Refuse("data", "Graders and grader flags have no counterpart in 2025-09.");
        if (_issues.Count > 0)
            return _issues;

        var writer = new ModernPackageWriter(folder) { Uuid = problem.Metadata.Uuid, TimeLimit = timeLimit, MemoryMebibytes = problem.Limits.Memory.Mebibytes, OutputMebibytes = problem.Limits.Output.Mebibytes };
        // Drafts have constants, and the files that are written anew here do not mention them.
        _substitute = !FromLegacy;
        if (scoring)
            new LegacyScores(problem, writer, Refuse).Write();
        if (_issues.Count > 0)
            return _issues;

        writer.MoreLimits.AddRange(LimitsYaml.Factors(problem.Limits, modern: true));
        writer.MoreLimits.AddRange(LimitsYaml.Rest(problem.Limits, problem.Type.HasFlag(ProblemType.MultiPass)));
        writer.MoreKeys.AddRange(MetadataYaml.Modern(problem));
        foreach (var type in Types())
            writer.Types.Add(type);
        WriteModernStatements(writer);
        CopyCases(modern: true);
        if (problem.ValidatorCases.Count > 0)
        {
            foreach (var kind in new[] { "invalid_input", "invalid_output", "valid_output" })
                CopyFolder($"data/{kind}", $"data/{kind}");
        }

        CopyPrograms("input_validators", problem.InputValidators);
        foreach (var validator in problem.OutputValidators)
            CopyProgram(validator, Directory.Exists(validator.Path) ? "output_validator" : $"output_validator/{Path.GetFileName(validator.Path)}");
        CopySubmissions(writer);
        CopyFolder("attachments", "attachments");
        CopyFolder("include", "include");
        writer.Finish();
        CopyGavelYaml();
        _notes.AddRange(writer.Notes);
        return _issues;
    }

    public IReadOnlyList<PackageIssue> WriteLegacy()
    {
        if (FromLegacy)
            return CopyWhole(null);

        foreach (var (unsupported, what) in new[]
        {
            (problem.Type.HasFlag(ProblemType.Scoring) && !HasLegacyData && !HasLegacyScores, "2025-09 scoring other than groups that pass or fail as a whole, or testcases that count equally"), (problem.Type.HasFlag(ProblemType.SubmitAnswer), "submit-answer problems"), (problem.StaticValidator is not null, "static validators"),
            (problem.Testcases.Any(t => t.Arguments.Count > 0), "arguments of submissions"), (problem.Testcases.Any(t => t.FilesFolder is not null), "files for submissions to read"),
        }.Where(u => u.Item1))
            Refuse("problem.yaml", $"The legacy format has no {what}.");
        if (problem.IncludeFolder is { } include && Directory.Exists(Path.Combine(include, "default")))
            Refuse("include/default", "The legacy format has include folders for single languages only.");
        if (_issues.Count > 0)
            return _issues;

        // Legacy has no constants, so their values stand in their place.
        _substitute = true;
        Write("problem.yaml", LegacyYaml());
        if (timeLimit is { } limit)
            Write(".timelimit", limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + "\n");
        WriteLegacyStatements();
        if (problem.ValidatorCases.Count > 0)
            _notes.Add(new(ConversionOutcome.Refused, "validator cases", "the legacy format has no invalid_input, invalid_output and valid_output; they are left out."));
        if (HasLegacyData)
            CopyGroupFiles();
        else
            WriteLegacyScores();
        CopyCases(modern: false);
        CopyPrograms("input_validators", problem.InputValidators);
        CopyPrograms("output_validators", problem.OutputValidators);
        CopyPrograms("graders", problem.Grader is { } grader ? [grader] : []);
        CopySubmissions(null);
        CopyGavelYaml();
        CopyFolder("attachments", "attachments");
        CopyFolder("include", "include");
        return _issues;
    }

    private string LegacyYaml()
    {
        var yaml = new StringBuilder();
        yaml.Append(CultureInfo.InvariantCulture, $"name: {ModernPackageWriter.Quote(problem.Title())}\n");
        yaml.Append(problem.Type.HasFlag(ProblemType.Scoring) ? "type: scoring\ngrading:\n  show_test_data_groups: true\n" : "");
        var (about, lost) = MetadataYaml.Legacy(problem);
        yaml.AppendJoin("", about);
        if (lost.Count > 0)
            _notes.Add(new(ConversionOutcome.Refused, "problem.yaml", $"the legacy format has no word for {string.Join(", ", lost)}."));
        if (problem.OutputValidators.Count > 0)
            yaml.Append(CultureInfo.InvariantCulture, $"validation: custom{(WritesScores() ? " score" : "")}{(problem.Type.HasFlag(ProblemType.Interactive) ? " interactive" : "")}{(problem.Type.HasFlag(ProblemType.MultiPass) ? " multi-pass" : "")}\n");
        var flags = HasLegacyData ? [] : problem.Testcases.Select(t => string.Join(' ', t.OutputValidatorFlags.Select(Shell))).Distinct().ToList();
        if (flags is [{ Length: > 0 } same])
            yaml.Append(CultureInfo.InvariantCulture, $"validator_flags: {ModernPackageWriter.Quote(same)}\n");
        else if (flags.Count > 1)
            WriteGroupFlags();
        yaml.Append(CultureInfo.InvariantCulture, $"limits:\n  memory: {problem.Limits.Memory.Mebibytes:0.###}\n  output: {problem.Limits.Output.Mebibytes:0.###}\n");
        yaml.AppendJoin("", LimitsYaml.Factors(problem.Limits, modern: false));
        return yaml.AppendJoin("", LimitsYaml.Rest(problem.Limits, problem.Type.HasFlag(ProblemType.MultiPass))).ToString();
    }

    // Legacy has flags per group, so they must agree within each folder.
    private void WriteGroupFlags()
    {
        foreach (var group in problem.Testcases.GroupBy(t => t.Name[..t.Name.LastIndexOf('/')]))
        {
            var flags = group.Select(t => string.Join(' ', t.OutputValidatorFlags.Select(Shell))).Distinct().ToList();
            if (flags.Count > 1)
                Refuse($"data/{group.Key}", "Testcases of one folder have different output_validator_args; the legacy format has them per folder.");
            Write($"data/{group.Key}/testdata.yaml", $"output_validator_flags: {ModernPackageWriter.Quote(flags[0])}\n");
        }
    }

    private void WriteLegacyStatements()
    {
        foreach (var statement in problem.Statements)
        {
            var language = statement.Language;
            if (statement.Kind == StatementKind.Markdown)
            {
                // Legacy knows LaTeX and PDF; the statement goes along as text so that nothing is lost.
                Write($"problem_statement/problem.{language}.tex", $"\\problemname{{{problem.Title(language)}}}\n\n\\begin{{verbatim}}\n{problem.Constants.Substitute(File.ReadAllText(statement.File))}\\end{{verbatim}}\n");
                _notes.Add(new(ConversionOutcome.Approximated, "statement", $"{language}: the Markdown is inside a LaTeX verbatim block, because the legacy format knows LaTeX and PDF only."));
                continue;
            }

            Copy(statement.File, $"problem_statement/problem.{language}{Path.GetExtension(statement.File)}");
        }

        foreach (var file in problem.Statements.Select(s => Path.GetDirectoryName(s.File)!).Distinct().SelectMany(Directory.EnumerateFiles).Where(f => !Path.GetFileName(f).StartsWith("problem.", StringComparison.Ordinal)))
            Copy(file, $"problem_statement/{Path.GetFileName(file)}");
    }

    private void WriteModernStatements(ModernPackageWriter writer)
    {
        foreach (var statement in problem.Statements.Where(s => s.Kind is StatementKind.Latex or StatementKind.Pdf or StatementKind.Markdown))
        {
            Copy(statement.File, $"statement/problem.{statement.Language}{Path.GetExtension(statement.File)}");
            writer.Names[statement.Language] = problem.Title(statement.Language);
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(statement.File)!).Where(f => Path.GetFileName(f) is var n && !n.StartsWith("problem.", StringComparison.Ordinal) && Path.GetDirectoryName(statement.File) != problem.Folder))
                Copy(file, $"statement/{Path.GetFileName(file)}");
        }

        if (writer.Names.Count == 0)
        {
            writer.Names["en"] = problem.Title();
            Write("statement/problem.en.md", "There is no statement.\n");
        }
    }

    private void CopyCases(bool modern)
    {
        foreach (var testcase in problem.Testcases)
        {
            Copy(testcase.InputFile, $"data/{testcase.Name}.in");
            Copy(testcase.AnswerFile, $"data/{testcase.Name}.ans");
            foreach (var (file, extension) in new[] { (testcase.Display.Interaction, ".interaction"), (testcase.Illustration, Path.GetExtension(testcase.Illustration) ?? "") }.Where(f => f.Item1 is not null))
                Copy(file!, $"data/{testcase.Name}{extension}");
            if (modern)
                WriteCaseYaml(testcase);
            else
            {
                if (testcase.Hint is { } hint)
                    Write($"data/{testcase.Name}.hint", hint + "\n");
                if (testcase.Description is { } description)
                    Write($"data/{testcase.Name}.desc", description + "\n");
            }
        }

        foreach (var interaction in problem.SampleInteractions)
        {
            if (modern)
                _notes.Add(new(ConversionOutcome.Refused, "sample interaction", $"{Path.GetFileName(interaction)} belongs to no testcase, which 2025-09 does not allow."));
            else
                Copy(interaction, $"data/sample/{Path.GetFileName(interaction)}");
        }
    }

    private void WriteCaseYaml(Testcase testcase)
    {
        var yaml = new StringBuilder();
        if (testcase.OutputValidatorFlags.Count > 0)
            yaml.Append(CultureInfo.InvariantCulture, $"output_validator_args: {List(testcase.OutputValidatorFlags)}\n");
        if (testcase.InputValidatorFlags.ByName is { Count: > 0 } byName)
        {
            yaml.Append("input_validator_args:\n");
            foreach (var (validator, arguments) in byName)
                yaml.Append(CultureInfo.InvariantCulture, $"  {ModernPackageWriter.Quote(validator)}: {List(arguments)}\n");
        }
        else if (testcase.InputValidatorFlags.ForAll.Count > 0)
            yaml.Append(CultureInfo.InvariantCulture, $"input_validator_args: {List(testcase.InputValidatorFlags.ForAll)}\n");
        if (testcase.Hint is { } hint)
            yaml.Append(CultureInfo.InvariantCulture, $"hint: {ModernPackageWriter.Quote(hint)}\n");
        if (testcase.Description is { } description)
            yaml.Append(CultureInfo.InvariantCulture, $"description: {ModernPackageWriter.Quote(description)}\n");
        if (yaml.Length > 0)
            Write($"data/{testcase.Name}.yaml", yaml.ToString());

        static string List(IReadOnlyList<string> texts) => $"[{string.Join(", ", texts.Select(ModernPackageWriter.Quote))}]";
    }

    private void CopySubmissions(ModernPackageWriter? writer)
    {
        var root = Path.Combine(problem.Folder, "submissions");
        foreach (var file in problem.Submissions.SelectMany(s => s.Files).Distinct())
        {
            var name = Path.GetRelativePath(root, file);
            Copy(file, $"submissions/{name}");
        }

        if (writer is not null)
        {
            // The legacy folders promise less than those of 2025-09.
            foreach (var name in problem.Submissions.Select(s => s.ExpectationFolder).Distinct())
            {
                if (name is "time_limit_exceeded")
                    writer.SetFolderRule(name, "  permitted: [AC, WA, TLE]\n");
                else if (name is "partially_accepted" or "run_time_error")
                    writer.SetFolderRule(name, "  permitted: [AC, WA, TLE, RTE]\n");
            }
        }
        else if (problem.Submissions.Any(s => s.Rules.Count > 0))
            _notes.Add(new(ConversionOutcome.Refused, "submissions.yaml", "the legacy format has no rules besides the folders' names."));
    }

    private List<PackageIssue> CopyWhole(string? version)
    {
        CopyFolder("", "");
        if (version is null || problem.FormatVersion == version)
        {
            _notes.Add(new(ConversionOutcome.Converted, "package", $"it is in this format already ({problem.FormatVersion})"));
            return _issues;
        }

        // A draft says everything as the final format does, apart from what the reader of the result will point out.
        var file = Path.Combine(folder, "problem.yaml");
        var lines = File.ReadAllLines(file).Select(l => l.StartsWith("problem_format_version:", StringComparison.Ordinal) ? $"problem_format_version: {version}" : l).ToList();
        if (problem.Metadata.Uuid is null)
            lines.Add($"uuid: {Guid.NewGuid()}");
        File.WriteAllLines(file, lines);
        _notes.Add(new(ConversionOutcome.Converted, "package", $"{problem.FormatVersion} is a draft of {version}; problem.yaml says so now"));
        return _issues;
    }

    private IEnumerable<string> Types()
    {
        if (problem.Type.HasFlag(ProblemType.Scoring))
            yield return "scoring";
        if (problem.Type.HasFlag(ProblemType.Interactive))
            yield return "interactive";
        if (problem.Type.HasFlag(ProblemType.MultiPass))
            yield return "multi-pass";
        if (problem.Type.HasFlag(ProblemType.SubmitAnswer))
            yield return "submit-answer";
    }

    private void Refuse(string file, string message) => _issues.Add(new(file, null, message));

    private static string Shell(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=:+,@%".Contains(c, StringComparison.Ordinal)) ? argument : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
