using System.Net;
using System.Text.RegularExpressions;
using Gavel.Core.Problems;
using Gavel.Packages;

namespace Gavel.Judging.Verification;

/// <summary>Renders every statement and compares the samples that an author pasted into it with the sample testcases.</summary>
internal static partial class StatementChecks
{
    /// <summary>What cannot be rendered as written, and samples that differ from <c>data/sample</c>.</summary>
    public static IReadOnlyList<PackageFinding> Examine(Problem problem)
    {
        var findings = new List<PackageFinding>();
        if (problem.Statements.Count == 0)
            findings.Add(new(FindingSeverity.Warning, "statement", new("statement", null, "There is no statement.")));
        foreach (var language in problem.Statements.Select(s => s.Language).Distinct())
        {
            if (StatementRenderer.Render(problem, language) is not { } statement)
                continue;

            findings.AddRange(statement.Issues.Select(issue => new PackageFinding(FindingSeverity.Warning, "statement", issue)));
            var path = Path.GetRelativePath(problem.Folder, statement.File);
            if (statement.Kind != StatementKind.Pdf && statement.Html.Length == 0)
                findings.Add(new(FindingSeverity.Error, "statement", new(path, null, "The statement is empty.")));
            findings.AddRange(Pasted(problem, statement.Html).Select(message => new PackageFinding(FindingSeverity.Warning, "sample", new(path, null, message))));
        }

        return findings;
    }

    // A heading that speaks of a sample, and the preformatted text right below it.
    private static IEnumerable<string> Pasted(Problem problem, string html)
    {
        // The boxes that were made from data/sample need no comparison.
        var own = SampleBox().Replace(html, "");
        foreach (Match match in PastedSample().Matches(own))
        {
            var heading = WebUtility.HtmlDecode(Tag().Replace(match.Groups["heading"].Value, "")).Trim();
            var text = Words(WebUtility.HtmlDecode(Tag().Replace(match.Groups["text"].Value, "")));
            var output = heading.Contains("output", StringComparison.OrdinalIgnoreCase);
            var files = problem.Testcases.Where(t => t.Sample).SelectMany(t => output ? new[] { t.AnswerFile, t.OutputFile, t.Display.Answer } : [t.InputFile, t.Display.Input]).OfType<string>();
            if (!files.Any(f => new FileInfo(f).Length <= 1 << 20 && Words(File.ReadAllText(f)) == text))
                yield return $"What stands under \"{heading}\" is in no sample testcase; samples are shown from data/sample, so leave it out or correct it.";
        }
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("<div class=\"sample\\b.*?</div>(?:</div>|<div class=\"sample-output\">.*?</div></div>)", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex SampleBox();

    [GeneratedRegex(@"<(?:h[1-6]|p|strong)>(?<heading>(?:<strong>)?\s*(?:[Ss]ample|[Ee]xample) ?(?:[Tt]est )?(?:[Ii]nput|[Oo]utput)[^<\n]{0,20}(?:</strong>)?)</(?:h[1-6]|p|strong)>\s*<pre>(?<text>[^\0]{0,20000}?)</pre>", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex PastedSample();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
