using Gavel.Judging.Verification;
using Gavel.Testing;

namespace Gavel.Judging.Tests;

/// <summary>Every package under problems/ is as it should be: its data passes its validators, and its submissions earn what it says.</summary>
public sealed class Corpus(JudgeFixture fixture)
{
    public static TheoryData<string> Packages =>
        [.. Directory.EnumerateDirectories(Repository.Problems).Where(folder => File.Exists(Path.Combine(folder, "problem.yaml"))).Select(folder => Path.GetFileName(folder)!).Order()];

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Every_submission_earns_its_verdict(string slug)
    {
        var problem = JudgeFixture.Read(Path.Combine(Repository.Problems, slug));
        var report = await new PackageVerification(fixture.Judge).VerifyAsync(problem, progress: null, TestContext.Current.CancellationToken);

        Assert.NotEmpty(report.Submissions);
        var mismatches = report.Submissions.SelectMany(s => s.Mismatches.Select(m => $"{s.Submission.Name}: {m}"));
        Assert.Empty(mismatches);
        Assert.Empty(report.Findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => $"{finding.Issue}"));
    }
}
