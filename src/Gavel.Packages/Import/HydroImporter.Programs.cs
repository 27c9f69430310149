using Gavel.Packages.Yaml;

namespace Gavel.Packages.Import;

internal sealed partial class HydroImporter
{
    /// <summary>Where the checkers of other judges expect their files, and how they answer.</summary>
    private static readonly Dictionary<string, (string Order, string Verdict)> s_bridges = new()
    {
        // Input, answer, output; 0 accepts.
        ["hustoj"] = ("\"$1\" \"$2\" \"${3}team_output\"", "[ $code -eq 0 ] && exit 42\nexit 43"),
        // Input and output; 0 accepts, 1 rejects.
        ["qduoj"] = ("\"$1\" \"${3}team_output\"", "case $code in\n    0) exit 42 ;;\n    1) exit 43 ;;\nesac\nexit 1"),
        // Input, output, answer, the full score, files for the score and for a message.
        ["lemon"] = ("\"$1\" \"${3}team_output\" \"$2\" 100 \"${3}points\" \"${3}judgemessage.txt\"", "[ $code -eq 0 ] || exit 1\npoints=$(head -n 1 \"${3}points\")\nrm -f \"${3}said\" \"${3}points\"\n" + Hundredths),
    };

    private const string Hundredths = """
        case "$points" in
            ''|*[!0-9.]*) exit 1 ;;
        esac
        share=$(awk -v p="$points" 'BEGIN { printf "%.6f", (p >= 100 ? 1 : p / 100) }')
        [ "$share" = 0.000000 ] && exit 43
        [ "$share" = 1.000000 ] && exit 42
        [ "${4:-}" = all ] && exit 43
        printf '%s\n' "$share" > "${3}score_multiplier.txt"
        exit 42
        """;

    /// <summary>The checker. True when it may give a part of the points.</summary>
    private bool ReadChecker(YamlSection config)
    {
        var type = config.Text("checker_type") ?? "default";
        var name = config.Node("checker") is YamlMap ? config.Section("checker")!.Text("file") : config.Text("checker");
        var checker = _data.File(name);
        switch (type)
        {
            case "default":
                writer.ValidatorArguments = ["case_sensitive"];
                writer.Approximated("checker", "default: the default validator with case_sensitive, which takes a line end for a blank");
                return false;
            case "strict":
                writer.ValidatorArguments = ["case_sensitive", "space_change_sensitive"];
                writer.Converted("checker", "strict: the default validator with case_sensitive and space_change_sensitive");
                return false;
            case "testlib" when checker is not null:
                ForeignPrograms.TestlibChecker(writer, checker, Headers(config), scoring: true);
                Report("checker", checker);
                return true;
            case "testlib" when name is not null && StandardCheckers.Use(writer, name):
                return false;
            case "hustoj" or "qduoj" or "lemon" when checker is not null:
                ForeignPrograms.BridgedChecker(writer, checker, Headers(config), s_bridges[type].Order, s_bridges[type].Verdict);
                Report("checker", checker);
                return type == "lemon";
            default:
                issues.Error(config.File, config.LineOf("checker_type"), $"The checker type '{type}' has no counterpart here, or its file is missing.");
                return false;
        }
    }

    /// <summary>The interactor, a testlib program. True when it may give a part of the points.</summary>
    private bool ReadInteractor(YamlSection config)
    {
        writer.Types.Add("interactive");
        var name = config.Node("interactor") is YamlMap ? config.Section("interactor")!.Text("file") : config.Text("interactor");
        if (_data.File(name) is not { } interactor)
        {
            issues.Error(config.File, config.LineOf("interactor"), $"The interactor '{name}' is missing.");
            return false;
        }

        ForeignPrograms.TestlibInteractor(writer, interactor, null, Headers(config), scoring: true);
        Report("interactor", interactor);
        return true;
    }

    private IEnumerable<string> Headers(YamlSection config) =>
        _data.Files("").Where(f => Path.GetExtension(f) is ".h" or ".hpp").Union((config.Texts("judge_extra_files") ?? []).Select(_data.File).OfType<string>());

    private void Report(string part, string program)
    {
        writer.Converted(part, $"{Path.GetFileName(program)}: kept as it is, behind a script that translates arguments and exit codes");
        if (_data.File("testlib.h") is null && File.ReadAllText(program).Contains("testlib.h", StringComparison.Ordinal))
            writer.Refused("testlib.h", $"the {part} needs it and the problem does not bring it along; put it into output_validator/.");
    }
}
