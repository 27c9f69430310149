using System.Globalization;
using Gavel.Core.Problems;
using Gavel.Packages.Import;

namespace Gavel.Packages.Export;

/// <summary>Writes what a problem says about itself besides its limits.</summary>
internal static class MetadataYaml
{
    /// <summary>The lines of a 2025-09 <c>problem.yaml</c> for people, sources, rights, dates, words and languages.</summary>
    internal static IEnumerable<string> Modern(Problem problem)
    {
        var about = problem.Metadata;
        if (about.Version is { } version)
            yield return $"version: {Quote(version)}\n";
        if (about.Credits.Values.Any(people => people.Count > 0))
            yield return "credits:\n" + string.Concat(about.Credits.Where(c => c.Value.Count > 0).Select(c => c.Key == "translators"
                // Which translation is whose is not kept.
                ? $"  translators:\n    {Language(problem)}: {List(c.Value)}\n"
                : $"  {c.Key}: {List(c.Value)}\n"));
        if (about.Sources.Count > 0)
            yield return "source:\n" + string.Concat(about.Sources.Select(s => $"  - name: {Quote(s.Name)}\n{(s.Url is null ? "" : $"    url: {Quote(s.Url)}\n")}"));
        if (about.License != "unknown")
            yield return $"license: {about.License}\n";
        if (about is { RightsOwner: { } owner, License: not ("unknown" or "public domain") })
            yield return $"rights_owner: {Quote(owner)}\n";
        if (about.EmbargoUntil is { } embargo)
            yield return string.Create(CultureInfo.InvariantCulture, $"embargo_until: {embargo.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\n");
        if (about.Keywords.Count > 0)
            yield return $"keywords: {List(about.Keywords)}\n";
        if (problem.Languages is { Count: > 0 } languages)
            yield return $"languages: {List(languages)}\n";
        if (problem.AllowFileWriting)
            yield return "allow_file_writing: true\n";
    }

    /// <summary>The same for a legacy <c>problem.yaml</c>, and what of it that format has no word for.</summary>
    internal static (IReadOnlyList<string> Lines, IReadOnlyList<string> Lost) Legacy(Problem problem)
    {
        var about = problem.Metadata;
        var lines = new List<string>();
        var lost = new List<string>();
        if (about.Uuid is { } uuid)
            lines.Add($"uuid: {Quote(uuid)}\n");
        if (about.Credits.GetValueOrDefault("authors") is { Count: > 0 } authors)
            lines.Add($"author: {Quote(string.Join(", ", authors))}\n");
        lost.AddRange(about.Credits.Where(c => c.Key != "authors" && c.Value.Count > 0).Select(c => $"the {c.Key}"));
        if (about.Sources is [var source, ..])
        {
            lines.Add($"source: {Quote(source.Name)}\n{(source.Url is null ? "" : $"source_url: {Quote(source.Url)}\n")}");
            if (about.Sources.Count > 1)
                lost.Add("all sources but the first");
        }

        lines.Add($"license: {about.License}\n");
        if (about is { License: not ("unknown" or "public domain"), RightsOwner: { } owner })
            lines.Add($"rights_owner: {Quote(owner)}\n");
        if (about.Keywords.Count > 0)
            lines.Add($"keywords: {Quote(string.Join(' ', about.Keywords.Select(k => string.Join('-', k.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))))}\n");
        if (about.Version is not null)
            lost.Add("the version");
        if (about.EmbargoUntil is not null)
            lost.Add("the embargo");
        if (problem.Languages is not null)
            lost.Add("the list of languages");
        return (lines, lost);
    }

    private static string Language(Problem problem) => problem.Names.Keys.FirstOrDefault(k => k.Length > 0) ?? "en";

    private static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Quote))}]";

    private static string Quote(string text) => ModernPackageWriter.Quote(text);
}
