using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Languages;
using Gavel.Testing;

namespace Gavel.Judging.Tests;

/// <summary>Every submission under problems/ earns the verdict its folder names.</summary>
public sealed class Corpus(JudgeFixture fixture)
{
    public static TheoryData<string> Packages =>
        [.. Directory.EnumerateDirectories(Repository.Problems).Where(folder => File.Exists(Path.Combine(folder, "problem.yaml"))).Select(folder => Path.GetFileName(folder)!).Order()];

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Every_submission_earns_its_verdict(string slug)
    {
        var problem = JudgeFixture.Read(Path.Combine(Repository.Problems, slug));
        List<string> mismatches = [];
        foreach (var submission in problem.Submissions)
        {
            var result = await fixture.Judge.JudgeAsync(
                new()
                {
                    Problem = problem,
                    Language = LanguageTable.Default.Find(submission.Language ?? "") ?? LanguageTable.Default.ForFileNames(submission.Files)!,
                    Files = [.. submission.Files.Select(f => new SourceFile(Path.GetFileName(f), problem.Constants.Substitute(File.ReadAllBytes(f))))],
                    EntryPoint = submission.EntryPoint,
                },
                null,
                TestContext.Current.CancellationToken);
            if (!Fits(submission, result))
                mismatches.Add($"{submission.Name}: {result.Verdict} {result.JudgeErrorReason} {result.CompilerOutput} {string.Join("; ", result.Testcases.Where(t => t.Verdict != Verdict.Accepted).Take(2))}");
        }

        Assert.True(mismatches is [], string.Join('\n', mismatches));
    }

    private static bool Fits(PackageSubmission submission, JudgingResult result)
    {
        var verdicts = result.Testcases.Select(t => t.Verdict).Where(v => v != Verdict.Skipped).DefaultIfEmpty(result.Verdict).ToList();
        return (submission.Permitted.Count == 0 || verdicts.All(submission.Permitted.Contains))
            && (submission.Required.Count == 0 || verdicts.Any(submission.Required.Contains));
    }
}
