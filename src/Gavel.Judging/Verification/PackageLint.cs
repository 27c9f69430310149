using System.Text.RegularExpressions;
using Gavel.Core.Problems;

namespace Gavel.Judging.Verification;

/// <summary>Looks at a package's files without running anything: what nothing uses, what is missing, and text files with defects.</summary>
internal static partial class PackageLint
{
    private const int LargestText = 4 << 20;

    private static readonly string[] s_folders =
    [
        "data", "statement", "problem_statement", "submissions", "input_validators", "input_format_validators", "input_validator", "output_validators", "output_validator", "static_validator",
        "graders", "include", "attachments", "generators", "solution", "input_visualizer", "output_visualizer",
    ];

    private static readonly string[] s_files = ["problem.yaml", "gavel.yaml", "domjudge-problem.ini", "submissions.json", "problem.pdf", "problem.html", "problem.txt"];
    private static readonly string[] s_images = [".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp", ".pdf", ".eps"];
    private static readonly string[] s_texts = [".yaml", ".ini", ".tex", ".md", ".py", ".cpp", ".cc", ".c", ".h", ".hpp", ".java", ".kt", ".rs", ".go", ".sh", ".ctd", ".viva"];

    /// <summary>Everything worth a word, by file.</summary>
    public static IReadOnlyList<PackageFinding> Examine(Problem problem)
    {
        var findings = new List<PackageFinding>();
        findings.AddRange(Unused(problem).Select(u => Warning("unused", u.File, null, u.Message)));
        findings.AddRange(MissingCases(problem));
        findings.AddRange(Texts(problem));
        return findings;
    }

    private static IEnumerable<(string File, string Message)> Unused(Problem problem)
    {
        foreach (var entry in new DirectoryInfo(problem.Folder).EnumerateFileSystemInfos().Where(e => e.Name[0] != '.').OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            var folder = Directory.Exists(entry.FullName);
            var page = Path.GetFileNameWithoutExtension(entry.Name).ToUpperInvariant() is "README" or "LICENSE" or "CHANGELOG" or "NOTES" or "TODO";
            if (!page && !(folder ? s_folders : s_files).Contains(entry.Name))
                yield return (entry.Name, $"Nothing uses this {(folder ? "folder" : "file")}; the format does not know it.");
        }

        foreach (var folder in problem.Statements.Select(s => Path.GetDirectoryName(s.File)!).Where(f => f != problem.Folder).Distinct())
        {
            var texts = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".tex" or ".md" or ".html").Select(ReadText).ToList();
            if (texts.Count == 0)
                continue;

            // LaTeX may leave the ending out, and sources may name the file with or without a folder.
            foreach (var image in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => s_images.Contains(Path.GetExtension(f)) && !problem.Statements.Any(s => s.File == f)).Order(StringComparer.Ordinal))
            {
                if (!texts.Exists(t => t.Contains(Path.GetFileNameWithoutExtension(image), StringComparison.Ordinal)))
                    yield return (Path.GetRelativePath(problem.Folder, image), "No statement shows this image.");
            }
        }
    }

    // 01, 02, 04: somebody forgot to add a file.
    private static IEnumerable<PackageFinding> MissingCases(Problem problem)
    {
        if (!problem.Testcases.Any(t => t.Sample) && problem.SampleInteractions.Count == 0)
            yield return Warning("missing", "data/sample", null, "There is no sample.");

        var numbered = problem.Testcases.Select(t => (t.Name, Match: Number().Match(t.Name))).Where(t => t.Match.Success && t.Match.Groups[2].Length < 7)
            .Select(t => (Prefix: t.Match.Groups[1].Value, Number: int.Parse(t.Match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture), t.Name));
        foreach (var series in numbered.GroupBy(n => n.Prefix))
        {
            var ordered = series.OrderBy(n => n.Number).ToList();
            foreach (var (before, after) in ordered.Zip(ordered.Skip(1)).Where(p => p.Second.Number - p.First.Number == 2))
                yield return Warning("missing", $"data/{after.Name}.in", null, $"Between {before.Name} and {after.Name} a number is left out. Is a testcase missing?");
        }
    }

    private static IEnumerable<PackageFinding> Texts(Problem problem)
    {
        var data = Path.Combine(problem.Folder, "data") + '/';
        foreach (var file in Directory.EnumerateFiles(problem.Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint }).Order(StringComparer.Ordinal))
        {
            if (!s_texts.Contains(Path.GetExtension(file)) || file.StartsWith(data, StringComparison.Ordinal) && Path.GetExtension(file) != ".yaml" || new FileInfo(file).Length is 0 or > LargestText)
                continue;

            var bytes = File.ReadAllBytes(file);
            var path = Path.GetRelativePath(problem.Folder, file);
            if (bytes.AsSpan().StartsWith((byte[])[0xEF, 0xBB, 0xBF]))
                yield return Warning("byte-order-mark", path, 1, "The file begins with a byte order mark, which the format forbids. Save it without.");
            if (bytes.AsSpan().IndexOf("\r\n"u8) is >= 0 and var at)
                yield return Warning("carriage-return", path, bytes.AsSpan(0, at).Count((byte)'\n') + 1, "The line ends with CRLF; the format wants LF alone.");
            if (bytes[^1] != '\n')
                yield return Warning("final-newline", path, null, "The last line does not end with a newline.");
        }
    }

    private static string ReadText(string file) => new FileInfo(file).Length > LargestText ? "" : File.ReadAllText(file);

    private static PackageFinding Warning(string check, string file, int? line, string message) => new(FindingSeverity.Warning, check, new(file, line, message));

    [GeneratedRegex(@"^(.*?)(\d+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
