using System.Globalization;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Import;

internal sealed partial class DmojImporter
{
    private void ReadChecker(YamlSection yaml)
    {
        var node = Value(yaml, "checker");
        var section = node is YamlMap map ? new YamlSection(map, "init.yml", issues) : null;
        var checker = node is YamlScalar scalar ? scalar.Value : section?.Text("name") ?? "standard";
        var arguments = section?.Section("args");
        switch (checker)
        {
            case "standard":
                writer.ValidatorArguments = ["case_sensitive"];
                writer.Approximated("checker", "standard: the default validator with case_sensitive, which takes a line end for a blank");
                break;
            case "easy":
                writer.Approximated("checker", "easy: the default validator, which minds the order of the tokens");
                break;
            case "identical" or "rstripped":
                writer.ValidatorArguments = ["case_sensitive", "space_change_sensitive"];
                if (checker == "identical")
                    writer.Converted("checker", "identical: the default validator with case_sensitive and space_change_sensitive");
                else
                    writer.Approximated("checker", "rstripped: the default validator with case_sensitive and space_change_sensitive, which minds blanks at line ends");
                break;
            case "floats" or "floatsabs" or "floatsrel":
                Floats(checker, arguments);
                break;
            case "sorted" or "unordered":
                ForeignPrograms.UnorderedChecker(writer, lines: checker == "sorted" && arguments?.Text("split_on") != "whitespace");
                writer.Converted("checker", $"{checker}: as a program");
                break;
            case "bridged" when arguments is not null:
                Bridged(arguments, node!.Line);
                break;
            default:
                issues.Error("init.yml", node?.Line ?? 1, $"The checker '{checker}' has no counterpart here; the problem would not be judged as its author meant.");
                break;
        }
    }

    private void Floats(string checker, YamlSection? arguments)
    {
        var precision = arguments?.Integer("precision", 0) ?? 6;
        var mode = checker switch { "floatsabs" => "absolute", "floatsrel" => "relative", _ => arguments?.Text("error_mode") ?? "default" };
        var flag = mode switch { "absolute" => "float_absolute_tolerance", "relative" => "float_relative_tolerance", _ => "float_tolerance" };
        writer.ValidatorArguments = ["case_sensitive", flag, $"1e-{precision.ToString(CultureInfo.InvariantCulture)}"];
        writer.Converted("checker", $"{checker}: the default validator with {flag} 1e-{precision.ToString(CultureInfo.InvariantCulture)}");
    }

    private void Bridged(YamlSection arguments, int line)
    {
        var type = arguments.Text("type") ?? "default";
        var files = arguments.Texts("files", single: true) ?? [];
        var sources = files.Select(Find).OfType<string>().ToList();
        if (sources.Count == 0 || arguments.Has("args_format_string") || type is not ("default" or "testlib"))
        {
            issues.Error("init.yml", line, $"The bridged checker cannot be imported: {(sources.Count == 0 ? "its files are missing" : $"type '{type}' or its own argument format is not supported")}.");
            return;
        }

        // Both types take input, output, answer, and accept with 0.
        var main = sources.Find(s => Path.GetExtension(s) is not (".h" or ".hpp")) ?? sources[0];
        ForeignPrograms.TestlibChecker(writer, main, sources.Where(s => s != main), scoring: false);
        writer.Converted("checker", $"{Path.GetFileName(main)}: kept as it is, behind a script that translates arguments and exit codes");
        if (!sources.Exists(s => Path.GetFileName(s) == "testlib.h") && File.ReadAllText(main).Contains("testlib.h", StringComparison.Ordinal))
            writer.Refused("testlib.h", "the checker needs it and the problem does not bring it along; put it into output_validator/.");
    }
}
