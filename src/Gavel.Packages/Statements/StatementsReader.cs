using System.Text.RegularExpressions;
using Gavel.Core.Problems;
using Gavel.Packages.Configuration;
using Gavel.Packages.Reading;

namespace Gavel.Packages.Statements;

/// <summary>Finds the statements of a package and what the problem is called in each language.</summary>
internal sealed partial class StatementsReader(PackageConfiguration configuration, PackageFolder root, PackageIssues issues)
{
    public (IReadOnlyList<Statement> Statements, IReadOnlyDictionary<string, string> Names) Read()
    {
        var statements = Folder() is { } folder ? folder.Files.Select(Read).OfType<Statement>().ToList() : [];
        // DOMjudge keeps a finished statement beside problem.yaml.
        if (statements.Count == 0)
            statements.AddRange(root.Files.Where(f => f.Name is "problem.pdf" or "problem.html" or "problem.txt").Select(f => new Statement("en", Kind(f.Extension)!.Value, f.FullPath)));
        if (statements.Count == 0)
            issues.Warn(configuration.Format.IsLegacy() ? "problem_statement" : "statement", null, "There is no statement.");

        return (statements, Names(statements));
    }

    private PackageFolder? Folder()
    {
        var (own, other) = configuration.Format.IsLegacy() ? ("problem_statement", "statement") : ("statement", "problem_statement");
        if (root.Folder(own) is { } folder)
            return folder;

        if (root.Folder(other) is not { } misplaced)
            return null;

        if (configuration.Format == PackageFormat.Modern)
            issues.Error(misplaced.Path, null, $"In the 2025-09 format the folder is {own}.");
        else
            issues.Warn(misplaced.Path, null, $"The format calls this folder {own}; it is used all the same.");
        return misplaced;
    }

    private Statement? Read(PackageFile file)
    {
        var match = StatementName().Match(file.Name);
        if (!match.Success || Kind("." + match.Groups[2].Value) is not { } kind)
            return null;

        if (match.Groups[1].Success)
            return new(match.Groups[1].Value, kind, file.FullPath);

        if (configuration.Format == PackageFormat.Modern)
            issues.Error(file.Path, null, $"The name must tell the language: problem.en{file.Extension}.");
        return new("en", kind, file.FullPath);
    }

    private Dictionary<string, string> Names(List<Statement> statements)
    {
        var names = new Dictionary<string, string>(configuration.Names);
        if (names.Remove("", out var single))
        {
            foreach (var language in statements.Select(s => s.Language).DefaultIfEmpty("en"))
                names.TryAdd(language, single);
        }

        if (configuration.Format == PackageFormat.Modern && statements.Count > 0)
        {
            foreach (var language in names.Keys.Where(n => !statements.Any(s => s.Language == n)))
                issues.Error("problem.yaml", null, $"name has the language '{language}', but there is no statement/problem.{language}.tex, .md or .pdf.");
            foreach (var language in statements.Select(s => s.Language).Distinct().Where(l => !names.ContainsKey(l)))
                issues.Error("problem.yaml", null, $"There is a statement in '{language}', but name does not have that language.");
        }

        // Old packages name the problem in the statement only.
        foreach (var statement in statements.Where(s => s.Kind == StatementKind.Latex && !names.ContainsKey(s.Language)))
        {
            if (TitleOf(statement) is { } title)
                names[statement.Language] = title;
        }

        if (names.Count == 0)
            names["en"] = root.FullPath[(root.FullPath.LastIndexOf('/') + 1)..];
        return names;
    }

    private string? TitleOf(Statement statement)
    {
        var file = new PackageFile(Path.GetFileName(statement.File), Path.GetRelativePath(root.FullPath, statement.File), statement.File);
        var text = file.ReadText(issues) ?? "";
        var plain = PlainTitle().Match(text);
        var title = plain.Success ? plain.Groups[1].Value.Trim() : PlainText.Of(LatexTitle(text));
        return title.Length > 0 ? title : null;
    }

    /// <summary>The argument of the first <c>\problemname</c>; empty where there is none.</summary>
    private static string LatexTitle(string text)
    {
        const string command = "\\problemname";
        var at = text.IndexOf(command, StringComparison.Ordinal);
        if (at < 0)
            return "";

        var reader = new LatexReader(text) { Position = at + command.Length };
        reader.SkipBlanks(paragraphs: false);
        if (reader.AtEnd || reader.Current != '{')
            return "";

        // What is never closed ends with its line.
        var title = reader.TakeArgument();
        return reader.AtEnd && !text.EndsWith('}') ? title.Split('\n')[0] : title;
    }

    private static StatementKind? Kind(string extension) => extension switch
    {
        ".tex" => StatementKind.Latex,
        ".md" => StatementKind.Markdown,
        ".pdf" => StatementKind.Pdf,
        ".html" => StatementKind.Html,
        ".txt" => StatementKind.Text,
        _ => null,
    };

    [GeneratedRegex(@"^problem(?:\.([a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})?))?\.(tex|md|pdf|html|txt)$", RegexOptions.CultureInvariant)]
    private static partial Regex StatementName();

    [GeneratedRegex(@"^%+\s*plainproblemname:(.*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex PlainTitle();
}
