using System.Text.Json;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Import;

internal sealed partial class DmojImporter
{
    private const string Validator = "output_validator";
    private const long MostGivenBytes = 16L << 20;

    // check(process_output, judge_output, **kwargs) in Python: called by a program that stands in for the parts of the judge such checkers import.
    private void PythonChecker(string name, int line)
    {
        if (Author(name, line, "checker", grader: false) is not { } file)
            return;

        var folder = writer.ValidatorFolder;
        writer.Copy(file, $"{folder}/checker.py");
        Host(folder, "checker", "checker.py");
        writer.Approximated("checker", $"{name}: kept as it is, called with the outputs, the input and the points; the submission's source is not shown to it");
    }

    /// <summary>One of DMOJ's checkers as a program, where it is one of several.</summary>
    private void BuiltinChecker(string name, YamlSection? arguments)
    {
        WriteBuiltin(writer.ValidatorFolder, name, arguments);
        Host(writer.ValidatorFolder, "builtin", "builtin.json");
    }

    private void WriteBuiltin(string folder, string name, YamlSection? arguments) => writer.Write($"{folder}/builtin.json", JsonSerializer.Serialize(new
    {
        name,
        arguments = (arguments?.Entries ?? []).ToDictionary(e => e.Key.Replace('-', '_'), e => Json(e.Value)),
    }));

    private static object? Json(YamlNode node) => node switch
    {
        _ when node.IsNull => null,
        YamlSequence list => list.Items.Select(Json).ToList(),
        YamlScalar { Plain: true, Value: "true" or "True" or "yes" } => true,
        YamlScalar { Plain: true, Value: "false" or "False" or "no" } => false,
        YamlScalar { Plain: true, Value: var text } when double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        YamlScalar scalar => scalar.Value,
        _ => null,
    };

    // The host lies in the validator's folder once, whichever of its checkers is run.
    private void Host(string folder, string kind, string program)
    {
        writer.Write($"{folder}/run", DmojRuntime.Script(folder == Validator ? "host.py" : "../host.py", kind, program), executable: true);
        DmojRuntime.Write(writer, Validator);
    }

    /// <summary>Testcases with checkers of their own: the validator's first argument names the one to run.</summary>
    private void SeveralCheckers(List<YamlNode?> checkers, bool scoring)
    {
        for (var i = 0; i < checkers.Count; i++)
        {
            writer.ValidatorFolder = $"{Validator}/{CheckerName(i)}";
            Checker(checkers[i], scoring, several: true);
        }

        writer.ValidatorFolder = Validator;
        writer.Write($"{Validator}/build", """
            #!/bin/sh
            set -e
            for part in checker*; do
                if [ -f "$part/build" ]; then
                    (cd "$part" && sh ./build)
                fi
            done
            """, executable: true);
        writer.Write($"{Validator}/run", """
            #!/bin/sh
            # The fourth argument is the checker that this testcase asks for.
            case "${4:-}" in
                checker[0-9]*) ;;
                *) echo "no checker is named" >&2; exit 1 ;;
            esac
            exec "$(dirname "$0")/$4/run" "$@"
            """, executable: true);
        writer.Converted("checker", $"{checkers.Count} checkers, chosen by each testcase's output_validator_args");
    }

    private static string CheckerName(int index) => $"checker{index + 1}";

    /// <summary>A class Grader in Python, which talks with the submission: it becomes the interactor.</summary>
    private void CustomJudge(YamlNode node, YamlNode? checker)
    {
        writer.Types.Add("interactive");
        if (Author((node as YamlScalar)?.Value, node.Line, "custom judge", grader: true) is not { } file)
            return;

        writer.Copy(file, $"{Validator}/judge.py");
        Host(Validator, "grader", "judge.py");
        GraderChecker(checker);
        GiveFiles(file, node.Line);
        writer.Approximated("custom_judge", $"{Path.GetFileName(file)}: kept as it is, run as an interactor beside modules that stand in for DMOJ's judge; it talks with the submission, sees input and answer, and neither the submission's source nor what it used");
    }

    // A grader that leaves the checking to DMOJ asks for the problem's checker.
    private void GraderChecker(YamlNode? node)
    {
        var section = node is YamlMap map ? new YamlSection(map, "init.yml", issues) : null;
        var name = node is YamlScalar scalar ? scalar.Value : section?.Text("name") ?? "standard";
        if (DmojRuntime.Checkers.Contains(name))
            WriteBuiltin(Validator, name, section?.Section("args"));
        else if (!name.EndsWith(".py", StringComparison.Ordinal))
            issues.Error("init.yml", node!.Line, $"The checker '{name}' cannot be used by a custom judge here; DMOJ's own and Python checkers can.");
        else if (Author(name, node!.Line, "checker", grader: false) is { } file)
            writer.Copy(file, $"{Validator}/checker.py");
    }

    // Of the problem's files the grader gets those that its source names, testcases never.
    private void GiveFiles(string grader, int line)
    {
        var source = File.ReadAllText(grader);
        var given = Directory.EnumerateFiles(_folder.Root).Where(f => new FileInfo(f).LinkTarget is null).Concat(_archive.Values)
            .Where(f => f != grader && Path.GetFileName(f) is { Length: > 2 } name and not "init.yml" && !name.EndsWith(".zip", StringComparison.Ordinal) && !_testFiles.Contains(f)
                && source.Contains($"\"{name}\"", StringComparison.Ordinal) | source.Contains($"'{name}'", StringComparison.Ordinal)).ToList();
        if (given.Sum(f => new FileInfo(f).Length) > MostGivenBytes)
            issues.Error("init.yml", line, $"The custom judge names files of more than {MostGivenBytes >> 20} MiB.");
        foreach (var file in given)
            writer.Copy(file, $"{Validator}/files/{ModernPackageWriter.SafeName(Path.GetFileName(file))}");
    }

    private string? Author(string? name, int line, string what, bool grader)
    {
        if (Find(name) is not { } file)
        {
            issues.Error("init.yml", line, $"The {what} '{name}' is missing.");
            return null;
        }

        foreach (var (at, message) in DmojRuntime.Obstacles(file, grader))
            issues.Error(name!, at, message);
        return file;
    }
}
