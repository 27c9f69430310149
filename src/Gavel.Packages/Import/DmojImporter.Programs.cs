using System.Globalization;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Import;

internal sealed partial class DmojImporter
{
    private static readonly string[] s_headers = [".h", ".hpp", ".hh"];
    private static readonly string[] s_signatureLanguages = ["c", "cpp"];

    private void ReadPrograms(YamlSection yaml, bool scoring)
    {
        if (Value(yaml, "signature-grader") is { } signature)
            SignatureGrader(signature);
        if (Value(yaml, "interactive") is { } interactive)
            Interactor(interactive, scoring);
        else
            Checker(Value(yaml, "checker"), scoring);
    }

    /// <summary>True when the checker or interactor can give a part of the points.</summary>
    private bool GivesParts(YamlSection yaml)
    {
        var node = Value(yaml, "interactive") ?? Value(yaml, "checker");
        var section = node is YamlMap map ? new YamlSection(map, "init.yml", issues) : null;
        var type = (Value(yaml, "interactive") is null ? section?.Section("args") : section)?.Text("type");
        var checker = node is YamlScalar scalar ? scalar.Value : section?.Text("name");
        return type is "testlib" or "coci" or "peg" || checker is "linecount" or "linematches" || checker?.EndsWith(".py", StringComparison.Ordinal) == true;
    }

    private void Checker(YamlNode? node, bool scoring)
    {
        var section = node is YamlMap map ? new YamlSection(map, "init.yml", issues) : null;
        var checker = node is YamlScalar scalar ? scalar.Value : section?.Text("name") ?? "standard";
        var arguments = section?.Section("args");
        switch (checker)
        {
            case "standard":
                Named("dmoj-standard", [], "case_sensitive");
                break;
            case "easy":
                ForeignPrograms.PythonChecker(writer, ForeignScripts.EasyChecker);
                writer.Converted("checker", "easy: as a program");
                break;
            case "identical" or "rstripped":
                Named($"dmoj-{checker}", arguments?.Has("filter_new_line") == true ? ["filter_new_line"] : [], "case_sensitive", "space_change_sensitive");
                break;
            case "floats" or "floatsabs" or "floatsrel":
                Floats(checker, arguments);
                break;
            case "sorted" or "unordered":
                ForeignPrograms.UnorderedChecker(writer, lines: checker == "sorted" && arguments?.Text("split_on") != "whitespace");
                writer.Converted("checker", $"{checker}: as a program");
                break;
            case "linecount":
                ForeignPrograms.PythonChecker(writer, ForeignScripts.LineCountChecker);
                writer.Converted("checker", "linecount: as a program that gives the share of equal lines");
                break;
            case "linematches":
                Named("dmoj-linematches", LineMatches(arguments), "case_sensitive");
                break;
            case "bridged" when arguments is not null:
                Bridged(arguments, node!.Line, scoring);
                break;
            case var file when file.EndsWith(".py", StringComparison.Ordinal):
                PythonChecker(file, node!.Line);
                break;
            default:
                issues.Error("init.yml", node?.Line ?? 1, $"The checker '{checker}' has no counterpart here; the problem would not be judged as its author meant.");
                break;
        }
    }

    private static List<string> LineMatches(YamlSection? arguments)
    {
        var points = arguments?.Node("point_distribution") is YamlSequence list ? list.Items.OfType<YamlScalar>().Select(i => i.Value).ToList() : [];
        return [.. arguments?.Flag("filler_lines_required") == false ? ["filler_lines_optional"] : Array.Empty<string>(), .. points];
    }

    // Gavel has DMOJ's checkers; elsewhere the default validator comes nearest with these flags.
    private void Named(string checker, IReadOnlyList<string> arguments, params string[] elsewhere)
    {
        writer.Checker = new(checker, arguments);
        writer.ValidatorArguments = elsewhere;
        writer.Converted("checker", $"{writer.Checker}: by name in gavel.yaml; other systems use the default validator with {string.Join(' ', elsewhere)}");
    }

    private void Floats(string checker, YamlSection? arguments)
    {
        var precision = arguments?.Integer("precision", 0) ?? 6;
        var mode = checker switch { "floatsabs" => "absolute", "floatsrel" => "relative", _ => arguments?.Text("error_mode") ?? "default" };
        var flag = mode switch { "absolute" => "float_absolute_tolerance", "relative" => "float_relative_tolerance", _ => "float_tolerance" };
        var digits = precision.ToString(CultureInfo.InvariantCulture);
        Named(mode switch { "absolute" => "dmoj-floatsabs", "relative" => "dmoj-floatsrel", _ => "dmoj-floats" }, [digits], "case_sensitive", flag, $"1e-{digits}");
    }

    // check(process_output, judge_output, **kwargs) in Python: called by a program that stands in for the parts of the judge such checkers import.
    private void PythonChecker(string name, int line)
    {
        if (Find(name) is not { } file)
        {
            issues.Error("init.yml", line, $"The checker '{name}' is missing.");
            return;
        }

        writer.Copy(file, "output_validator/checker.py");
        writer.Write("output_validator/__init__.py", "");
        writer.Write("output_validator/__main__.py", ForeignScripts.DmojCheckerHost);
        writer.Write("output_validator/dmoj/__init__.py", "");
        writer.Write("output_validator/dmoj/result.py", ForeignScripts.DmojResult);
        writer.Approximated("checker", $"{name}: kept as it is, called with the outputs, the input and the points; what else it imports from DMOJ than dmoj.result is not there, and the submission's source is not shown to it");
    }

    private void Bridged(YamlSection arguments, int line, bool scoring)
    {
        if (Programs(arguments, line, "bridged checker") is not { } found)
            return;

        var order = found.Type == "peg" ? "\"$2\" \"${3}team_output\" \"$1\"" : "\"$1\" \"${3}team_output\" \"$2\"";
        if (found.Type == "testlib")
            ForeignPrograms.TestlibChecker(writer, found.Main, found.Others, scoring);
        else
            ForeignPrograms.BridgedChecker(writer, found.Main, found.Others, order, ForeignScripts.BridgedVerdict(found.Type, scoring));
        Report("checker", found);
    }

    private void Interactor(YamlNode node, bool scoring)
    {
        writer.Types.Add("interactive");
        if (node is not YamlMap map)
        {
            issues.Error("init.yml", node.Line, "'interactive' must say which files the interactor is made of.");
            return;
        }

        if (Programs(new(map, "init.yml", issues), node.Line, "interactor") is not { } found)
            return;

        if (found.Type == "testlib")
            ForeignPrograms.TestlibInteractor(writer, found.Main, null, found.Others, scoring);
        else
            ForeignPrograms.BridgedInteractor(writer, found.Main, found.Others, ForeignScripts.BridgedVerdict(found.Type, scoring));
        Report("interactor", found);
    }

    private (string Main, List<string> Others, string Type)? Programs(YamlSection section, int line, string what)
    {
        var type = section.Text("type") ?? "default";
        var names = section.Texts("files", single: true) ?? [];
        var files = names.Select(Find).OfType<string>().ToList();
        var problem = files.Count == 0 || files.Count < names.Count ? "its files are missing"
            : section.Has("args_format_string") ? "it has an argument format of its own"
            : type is not ("default" or "testlib" or "coci" or "peg") ? $"the type '{type}' is not supported"
            : null;
        if (problem is not null)
        {
            issues.Error("init.yml", line, $"The {what} cannot be imported: {problem}.");
            return null;
        }

        var main = files.Find(f => !s_headers.Contains(Path.GetExtension(f))) ?? files[0];
        return (main, [.. files.Where(f => f != main)], type);
    }

    private void Report(string part, (string Main, List<string> Others, string Type) program)
    {
        writer.Converted(part, $"{Path.GetFileName(program.Main)}: kept as it is, behind a script that translates arguments and exit codes ({program.Type})");
        if (!program.Others.Exists(s => Path.GetFileName(s) == "testlib.h") && File.ReadAllText(program.Main).Contains("testlib.h", StringComparison.Ordinal))
            writer.Refused("testlib.h", $"the {part} needs it and the problem does not bring it along; put it into output_validator/.");
    }

    // The author's main program, compiled together with the contestant's functions.
    private void SignatureGrader(YamlNode node)
    {
        var section = node is YamlMap map ? new YamlSection(map, "init.yml", issues) : null;
        var (entry, header) = (Find(section?.Text("entry")), Find(section?.Text("header")));
        if (entry is null || header is null)
        {
            issues.Error("init.yml", node.Line, "signature_grader needs an 'entry' and a 'header' that exist.");
            return;
        }

        foreach (var language in s_signatureLanguages.Where(l => l == "cpp" || Path.GetExtension(entry) == ".c"))
        {
            writer.Copy(entry, $"include/{language}/{ModernPackageWriter.SafeName(Path.GetFileName(entry))}");
            writer.Copy(header, $"include/{language}/{ModernPackageWriter.SafeName(Path.GetFileName(header))}");
            writer.Languages.Add(language);
        }

        writer.Approximated("signature_grader", $"{Path.GetFileName(entry)} and {Path.GetFileName(header)} are compiled together with submissions; DMOJ puts the header in front of them, here they include it themselves");
    }
}
