using System.Globalization;
using System.Text.RegularExpressions;
using Gavel.Packages.Configuration;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Import;

internal sealed partial class DmojImporter
{
    private static readonly string[] s_headers = [".h", ".hpp", ".hh"];
    private static readonly string[] s_signatureLanguages = ["c", "cpp"];

    private void ReadPrograms(YamlSection yaml, List<YamlNode?> checkers, bool scoring)
    {
        if (Value(yaml, "signature-grader") is { } signature)
            SignatureGrader(signature);
        if (Value(yaml, "custom-judge") is { } judge)
            CustomJudge(judge, Value(yaml, "checker"));
        else if (Value(yaml, "interactive") is { } interactive)
            Interactor(interactive, scoring);
        else if (_several)
            SeveralCheckers(checkers, scoring);
        else
            Checker(checkers.Count == 0 ? null : checkers[0], scoring, several: false);
    }

    /// <summary>True when a checker or the interactor can give a part of the points.</summary>
    private bool GivesParts(YamlSection yaml, List<YamlNode?> checkers) =>
        Value(yaml, "custom-judge") is not null || (Value(yaml, "interactive") is { } interactive ? TypeOf(interactive as YamlMap) is "testlib" or "coci" or "peg" : checkers.Any(GivesParts));

    private bool GivesParts(YamlNode? node)
    {
        var section = node is YamlMap map ? new YamlSection(map, "init.yml", issues) : null;
        var checker = node is YamlScalar scalar ? scalar.Value : section?.Text("name");
        return TypeOf(section?.Node("args") as YamlMap) is "testlib" or "coci" or "peg" || checker is "linecount" or "linematches" || checker?.EndsWith(".py", StringComparison.Ordinal) == true;
    }

    private static string? TypeOf(YamlMap? map) => (map?.Entries.FirstOrDefault(e => e.Key == "type")?.Value as YamlScalar)?.Value;

    private void Checker(YamlNode? node, bool scoring, bool several)
    {
        var section = node is YamlMap map ? new YamlSection(map, "init.yml", issues) : null;
        var checker = node is YamlScalar scalar ? scalar.Value : section?.Text("name") ?? "standard";
        var arguments = section?.Section("args");
        switch (checker)
        {
            case var known when several && DmojRuntime.Checkers.Contains(known):
                BuiltinChecker(known, arguments);
                break;
            case "standard":
                Named("dmoj-standard", [], "case_sensitive");
                break;
            case "easy" or "linecount" or "unordered":
                Named($"dmoj-{checker}", [], "case_sensitive");
                break;
            case "sorted":
                Named("dmoj-sorted", arguments?.Text("split_on") == "whitespace" ? ["whitespace"] : [], "case_sensitive");
                break;
            case "identical" or "rstripped":
                Named($"dmoj-{checker}", arguments?.Has("filter_new_line") == true ? ["filter_new_line"] : [], "case_sensitive", "space_change_sensitive");
                break;
            case "floats" or "floatsabs" or "floatsrel":
                Floats(checker, arguments);
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

    private void Bridged(YamlSection arguments, int line, bool scoring)
    {
        if (Programs(arguments, line, "bridged checker") is not { } found)
            return;

        var order = found.Format ?? (found.Type == "peg" ? "{answer_file} {output_file} {input_file}" : "{input_file} {output_file} {answer_file}");
        if (Shell(order, line, "\"${3}team_output\"") is not { } words)
            return;
        if (found.Type == "testlib")
            ForeignPrograms.TestlibChecker(writer, found.Main, found.Others, scoring, words);
        else
            ForeignPrograms.BridgedChecker(writer, found.Main, found.Others, words, ForeignScripts.BridgedVerdict(found.Type, scoring));
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

        if (found.Type == "testlib" && found.Format is null)
            ForeignPrograms.TestlibInteractor(writer, found.Main, null, found.Others, scoring);
        else if (Shell(found.Format ?? "{input_file} {answer_file}", node.Line, "/dev/null") is { } words)
            ForeignPrograms.BridgedInteractor(writer, found.Main, found.Others, words, found.Type == "testlib" ? $"SCORING={(scoring ? 1 : 0)}\n{ForeignScripts.TestlibVerdict}" : ForeignScripts.BridgedVerdict(found.Type, scoring));
        Report("interactor", found);
    }

    /// <summary>An author's format of arguments as words of a shell.</summary>
    private string? Shell(string format, int line, string output)
    {
        var words = ArgumentLine.Split(format)?.Select(w => w switch
        {
            "{input_file}" => "\"$1\"",
            "{output_file}" => output,
            "{answer_file}" or "{judge_file}" => "\"$2\"",
            _ when !w.Contains('{', StringComparison.Ordinal) && !w.Contains('\'', StringComparison.Ordinal) => $"'{w}'",
            _ => null,
        }).ToList();
        if (words is not null && !words.Contains(null))
            return string.Join(' ', words);

        issues.Error("init.yml", line, $"args_format_string '{format}' cannot be read: it may have words, {{input_file}}, {{output_file}} and {{answer_file}}.");
        return null;
    }

    private (string Main, List<string> Others, string Type, string? Format)? Programs(YamlSection section, int line, string what)
    {
        var type = section.Text("type") ?? "default";
        var names = section.Texts("files", single: true) ?? [];
        var files = names.Select(Find).OfType<string>().ToList();
        var problem = files.Count == 0 || files.Count < names.Count ? "its files are missing"
            : type is not ("default" or "testlib" or "coci" or "peg") ? $"the type '{type}' is not supported"
            : null;
        if (problem is not null)
        {
            issues.Error("init.yml", line, $"The {what} cannot be imported: {problem}.");
            return null;
        }

        var flags = section.Texts("flags", single: true) ?? [];
        if (flags.FirstOrDefault(f => !CompilerFlag().IsMatch(f)) is { } odd)
            issues.Error("init.yml", section.LineOf("flags"), $"'{odd}' cannot be a compiler flag of the {what}.");
        var standard = section.Text("lang") is { } language && Standard().Match(language) is { Success: true } match ? $"-std=c++{match.Groups[1].Value}" : null;
        writer.CompilerFlags = standard is null ? flags : [standard, .. flags];
        var main = files.Find(f => !s_headers.Contains(Path.GetExtension(f))) ?? files[0];
        return (main, [.. files.Where(f => f != main)], type, section.Text("args_format_string"));
    }

    [GeneratedRegex(@"^-[A-Za-z][\w=+.,/-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex CompilerFlag();

    [GeneratedRegex(@"^CPP(11|14|17|20|23)$", RegexOptions.CultureInvariant)]
    private static partial Regex Standard();

    private void Report(string part, (string Main, List<string> Others, string Type, string? Format) program)
    {
        writer.Converted(part, $"{Path.GetFileName(program.Main)}: kept as it is, behind a script that translates arguments and exit codes ({program.Type})");
        if (!program.Others.Exists(s => Path.GetFileName(s) == "testlib.h") && File.ReadAllText(program.Main).Contains("testlib.h", StringComparison.Ordinal))
            writer.Refused("testlib.h", $"the {part} needs it and the problem does not bring it along; put it into {writer.ValidatorFolder}/.");
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
