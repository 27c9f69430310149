using Gavel.Core.Problems;
using Gavel.Packages.Reading;
using Gavel.Packages.Statements;

namespace Gavel.Packages;

/// <summary>Turns a problem's statement into safe HTML, whatever it is written in.</summary>
public static class StatementRenderer
{
    private static readonly string[] s_assets = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".pdf"];

    /// <summary>Renders the statement in the wanted language, or else in English, or else the first there is.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="language">Language tag, for example <c>en</c>.</param>
    /// <param name="assetUrl">Gives the URL for a file beside the statement, named as the statement names it; the file exists. Null leaves the names as they are.</param>
    /// <returns>The statement; null when the package has none.</returns>
    public static RenderedStatement? Render(Problem problem, string language = "en", Func<string, string>? assetUrl = null)
    {
        if (Choose(problem, language) is not { } statement)
            return null;

        var issues = new PackageIssues();
        var title = problem.Title(statement.Language);
        var samples = SampleCases.Of(problem);
        if (statement.Kind == StatementKind.Pdf)
            return new(statement.Language, title, statement.Kind, statement.File, "") { Samples = [] };

        var words = StatementWords.In(statement.Language);
        var path = Path.GetRelativePath(problem.Folder, statement.File);
        var source = SamplePlacement.Clean(new PackageFile(Path.GetFileName(path), path, statement.File).ReadText(issues) ?? "");
        var assets = new StatementAssets(Path.GetDirectoryName(statement.File)!, path, assetUrl ?? (name => name), issues);
        var html = statement.Kind switch
        {
            StatementKind.Markdown => MarkdownStatement.Convert(source, path, problem.Constants, issues),
            StatementKind.Latex => LatexStatement.Convert(source, new(path, problem.Constants, words, assets, issues)),
            StatementKind.Html => source,
            _ => $"<pre>{HtmlText.Encode(source)}</pre>",
        };

        var placement = new SamplePlacement(samples, words);
        html = placement.Place(new HtmlSanitizer(assets).Sanitize(html));
        if (placement.TooFew)
            issues.Warn(path, null, "The statement asks for more samples than there are.");

        return new(statement.Language, title, statement.Kind, statement.File, html) { Samples = placement.Rest, Issues = [.. issues.Errors, .. issues.Warnings] };
    }

    /// <summary>The absolute path of an image beside a statement, for the endpoint that serves what <see cref="Render"/> refers to.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="language">The statement's language.</param>
    /// <param name="name">The name that was given to <c>assetUrl</c>: a stranger's input.</param>
    /// <returns>The path, or null when there is no such image beside the statement. SVG and PDF must be served with a policy that forbids script.</returns>
    public static string? FindAsset(Problem problem, string language, string name) =>
        Choose(problem, language) is { } statement ? StatementAssets.Find(Path.GetDirectoryName(statement.File)!, name, s_assets) : null;

    private static Statement? Choose(Problem problem, string language)
    {
        // Sources that become a page are preferred over finished ones.
        var byPreference = problem.Statements.OrderBy(s => s.Kind is StatementKind.Pdf ? 1 : 0).ToList();
        return byPreference.FirstOrDefault(s => s.Language == language)
            ?? byPreference.FirstOrDefault(s => s.Language.Split('-')[0] == language.Split('-')[0])
            ?? byPreference.FirstOrDefault(s => s.Language.Split('-')[0] == "en")
            ?? byPreference.FirstOrDefault();
    }
}
