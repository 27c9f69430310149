using System.Text.RegularExpressions;

namespace Gavel.Packages.Import;

/// <summary>
/// What stands beside a DMOJ author's Python programs in an imported package: a host that runs them as the package format runs output validators, and modules
/// of our own under the names that such programs import. They reach their own cell only: the outputs, this testcase's input and answer, and nothing of the judge.
/// </summary>
internal static partial class DmojRuntime
{
    private const string Prefix = "dmoj/";

    /// <summary>DMOJ's checkers by name.</summary>
    public static IReadOnlyList<string> Checkers { get; } = ["standard", "easy", "floats", "floatsabs", "floatsrel", "identical", "linecount", "linematches", "rstripped", "sorted", "unordered"];

    private static readonly HashSet<string> s_modules =
    [
        "dmoj", "dmoj.result", "dmoj.error", "dmoj.problem", "dmoj.utils", "dmoj.utils.unicode",
        "dmoj.graders", "dmoj.graders.base", "dmoj.graders.standard", "dmoj.graders.interactive", "dmoj.graders.custom",
        "dmoj.checkers", .. Checkers.Select(c => $"dmoj.checkers.{c}"),
    ];

    /// <summary>Writes the host and the modules into a folder of the package.</summary>
    public static void Write(ModernPackageWriter writer, string folder)
    {
        var assembly = typeof(DmojRuntime).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            writer.Write($"{folder}/{name[Prefix.Length..]}", reader.ReadToEnd());
        }
    }

    /// <summary>A script that runs the host; <paramref name="host"/> and the program are relative to the script.</summary>
    public static string Script(string host, string kind, string program) => $"""
        #!/bin/sh
        # Runs a DMOJ author's program as the package format runs output validators.
        here=$(dirname "$0")
        exec python3 -B "$here/{host}" {kind} "$here/{program}" "$@"
        """;

    /// <summary>What an author's program needs of DMOJ's judge and cannot have, with lines.</summary>
    /// <param name="file">The program.</param>
    /// <param name="grader">True for a custom judge.</param>
    public static IEnumerable<(int Line, string Message)> Obstacles(string file, bool grader)
    {
        var launches = 0;
        foreach (var (text, line) in File.ReadLines(file).Select((t, i) => (t, i + 1)))
        {
            if (Import().Match(text) is { Success: true } import && !s_modules.Contains(import.Groups["module"].Value))
                yield return (line, $"'{import.Groups["module"].Value}' is a part of DMOJ's judge that is not there outside of it.");
            if (grader && Source().IsMatch(text))
                yield return (line, "The custom judge reads the submission's source, which the cell of an interactor never holds. Use a static validator for that.");
            if (grader && Launch().IsMatch(text) && ++launches > 1)
                yield return (line, "The custom judge runs the submission more than once in a testcase, which has no counterpart here.");
        }
    }

    [GeneratedRegex(@"^\s*(?:from|import)\s+(?<module>dmoj(?:\.\w+)*)", RegexOptions.CultureInvariant)]
    private static partial Regex Import();

    [GeneratedRegex(@"^[^#]*\bself\.source\b", RegexOptions.CultureInvariant)]
    private static partial Regex Source();

    [GeneratedRegex(@"^[^#]*\.launch\(", RegexOptions.CultureInvariant)]
    private static partial Regex Launch();
}
