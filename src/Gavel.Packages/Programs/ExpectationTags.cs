using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Packages.Reading;

namespace Gavel.Packages.Programs;

/// <summary>
/// Tags in a submission's source: <c>@EXPECTED_RESULTS@: A, B</c> and <c>@EXPECTED_SCORE@: 42</c> (DOMjudge), <c>@EXPECTED_GRADES@ AC WA</c> (Kodsport).
/// </summary>
internal static partial class ExpectationTags
{
    private const int MaximumSource = 1 << 20;

    /// <summary>The submission with what its source says; its folder wins over the source when <paramref name="folderDecides"/>.</summary>
    public static PackageSubmission Apply(PackageSubmission submission, IEnumerable<PackageFile> files, bool folderDecides, bool scoring, PackageIssues issues)
    {
        var tags = files.SelectMany(Find).ToList();
        var results = tags.Where(t => t.Kind != "GRADES").ToList();
        var byKind = results.GroupBy(t => t.Kind).FirstOrDefault(g => g.Count() > 1);
        if (byKind is not null)
            issues.Error(byKind.Last().File.Path, byKind.Last().Line, $"A second @EXPECTED_{byKind.Key}@ in the same submission.");

        foreach (var tag in results)
        {
            if (tag.Kind == "SCORE" && double.TryParse(tag.Value.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && double.IsFinite(score))
            {
                if (scoring)
                    submission = submission with { Rules = [.. submission.Rules, new($"{tag.File.Path}:{tag.Line}") { Score = new(score, score) }] };
                else
                    issues.Warn(tag.File.Path, tag.Line, "@EXPECTED_SCORE@ has no effect: the problem is not of type scoring.");
                continue;
            }

            var verdicts = Verdicts(tag, issues);
            if (!folderDecides)
                submission = submission with { Verdicts = verdicts };
        }

        foreach (var tag in tags.Where(t => t.Kind == "GRADES").Take(1))
        {
            var words = tag.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            submission = submission with { GroupVerdicts = [.. words.Select(w => Expectation.Verdicts(w))] };
            foreach (var word in words.Where(w => Expectation.Verdicts(w).Count == 0))
                issues.Error(tag.File.Path, tag.Line, $"'{word}' in @EXPECTED_GRADES@ is not a verdict such as AC, WA, TLE or RTE.");
        }

        return submission;
    }

    /// <summary>Null when the tag allows anything.</summary>
    private static HashSet<Verdict>? Verdicts(Tag tag, PackageIssues issues)
    {
        var verdicts = new HashSet<Verdict>();
        foreach (var name in tag.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            switch (name.ToUpperInvariant().Replace('-', '_'))
            {
                case "CORRECT" or "ACCEPTED":
                    verdicts.UnionWith(Expectation.Verdicts("AC"));
                    break;
                case "WRONG_ANSWER" or "NO_OUTPUT":
                    verdicts.UnionWith(Expectation.Verdicts("WA"));
                    break;
                case "TIMELIMIT" or "TIME_LIMIT_EXCEEDED":
                    verdicts.UnionWith(Expectation.Verdicts("TLE"));
                    break;
                case "RUN_ERROR" or "RUN_TIME_ERROR":
                    verdicts.UnionWith(Expectation.Verdicts("RTE"));
                    break;
                case "COMPILER_ERROR":
                    verdicts.UnionWith(Expectation.Verdicts("CE"));
                    break;
                case "OUTPUT_LIMIT":
                    verdicts.UnionWith(Expectation.Verdicts("OLE"));
                    break;
                case "CHECK_MANUALLY":
                    return null;
                default:
                    issues.Error(tag.File.Path, tag.Line, $"'{name}' is not a result that @EXPECTED_RESULTS@ knows.");
                    break;
            }
        }

        return verdicts.Count == 0 ? null : verdicts;
    }

    private static IEnumerable<Tag> Find(PackageFile file)
    {
        if (new FileInfo(file.FullPath).Length > MaximumSource)
            return [];

        var source = Encoding.Latin1.GetString(File.ReadAllBytes(file.FullPath));
        return TagPattern().Matches(source).Select(m => new Tag(file, source.AsSpan(0, m.Index).Count('\n') + 1, m.Groups[1].Value, m.Groups[2].Value.TrimEnd('\r', ' ', '*', '/')));
    }

    private sealed record Tag(PackageFile File, int Line, string Kind, string Value);

    [GeneratedRegex(@"@EXPECTED_(RESULTS|SCORE|GRADES)@:?([^\n]*)", RegexOptions.CultureInvariant)]
    private static partial Regex TagPattern();
}
