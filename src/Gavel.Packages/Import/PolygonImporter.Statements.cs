using System.Text;
using System.Xml.Linq;

namespace Gavel.Packages.Import;

internal sealed partial class PolygonImporter
{
    private static readonly (string File, string Heading)[] s_sections =
        [("legend.tex", ""), ("input.tex", "Input"), ("output.tex", "Output"), ("interaction.tex", "Interaction"), ("scoring.tex", "Scoring"), ("notes.tex", "Notes")];

    private static readonly string[] s_images = [".png", ".jpg", ".jpeg", ".svg", ".gif"];

    private void ReadStatements(XElement problem)
    {
        var languages = new HashSet<string>();
        foreach (var folder in Folders("statement-sections"))
        {
            var language = Language(Path.GetFileName(folder));
            var text = new StringBuilder();
            foreach (var (file, heading) in s_sections)
            {
                if (!File.Exists(Path.Combine(folder, file)) || string.IsNullOrWhiteSpace(File.ReadAllText(Path.Combine(folder, file))))
                    continue;
                if (heading.Length > 0)
                    text.Append($"\n\\section*{{{heading}}}\n");
                text.Append(File.ReadAllText(Path.Combine(folder, file)).Trim()).Append('\n');
            }

            if (text.Length == 0)
                continue;

            languages.Add(language);
            writer.Write($"statement/problem.{language}.tex", text.ToString());
            CopyImages(folder);
            if (File.Exists(Path.Combine(folder, "tutorial.tex")))
                writer.Copy(Path.Combine(folder, "tutorial.tex"), $"solution/solution.{language}.tex");
            writer.Converted("statement", $"{Path.GetFileName(folder)} from its sections");
        }

        foreach (var statement in problem.Elements("statements").Elements("statement").Where(s => s.Attribute("type")?.Value is "application/x-tex" or "application/pdf").OrderByDescending(s => s.Attribute("type")?.Value))
        {
            var language = Language(statement.Attribute("language")?.Value);
            if (!languages.Add(language) || Find(statement.Attribute("path")?.Value) is not { } file)
                continue;

            writer.Copy(file, $"statement/problem.{language}{Path.GetExtension(file)}");
            CopyImages(Path.GetDirectoryName(file)!);
            writer.Converted("statement", $"{statement.Attribute("language")?.Value} as {Path.GetExtension(file)}");
        }

        // The format wants names and statements in the same languages.
        foreach (var unwritten in writer.Names.Keys.Where(n => languages.Count > 0 && !languages.Contains(n)).ToList())
            writer.Names.Remove(unwritten);
        foreach (var language in languages)
            writer.Names.TryAdd(language, writer.Names.Values.FirstOrDefault() ?? "Untitled");
        if (languages.Count > 0)
            return;

        var name = writer.Names.GetValueOrDefault("en") ?? writer.Names.Values.FirstOrDefault() ?? "Untitled";
        writer.Names.Clear();
        writer.Names["en"] = name;
        writer.Write("statement/problem.en.md", "The original has no statement that could be imported.");
        writer.Refused("statement", "there is none as LaTeX or PDF.");
    }

    private void CopyImages(string folder)
    {
        foreach (var image in Directory.EnumerateFiles(folder).Where(f => s_images.Contains(Path.GetExtension(f).ToLowerInvariant()) && new FileInfo(f).LinkTarget is null))
            writer.Copy(image, $"statement/{Path.GetFileName(image)}");
    }

    private IEnumerable<string> Folders(string name) => Directory.Exists(Path.Combine(source, name)) ? Directory.EnumerateDirectories(Path.Combine(source, name)).Order(StringComparer.Ordinal) : [];
}
