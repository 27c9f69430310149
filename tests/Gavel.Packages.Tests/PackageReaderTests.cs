using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;

namespace Gavel.Packages.Tests;

public sealed class PackageReaderTests
{
    [Fact]
    public void A_minimal_legacy_package_has_the_defaults_of_the_format()
    {
        using var package = TestPackage.Legacy();

        var problem = package.Read();

        Assert.Equal("legacy", problem.FormatVersion);
        Assert.Equal(ProblemType.PassFail, problem.Type);
        Assert.Equal("Hello", problem.Title());
        Assert.Null(problem.Limits.TimeLimit);
        Assert.Equal(5, problem.Limits.AcceptedToTimeLimit);
        Assert.Equal(Bytes.FromMebibytes(2048), problem.Limits.Memory);
        Assert.Equal(["sample/1", "secret/1"], problem.Testcases.Select(t => t.Name));
        Assert.True(problem.Testcases.First().Sample);
        var submission = Assert.Single(problem.Submissions);
        Assert.Equal([Verdict.Accepted], submission.Permitted);
        Assert.Equal([Verdict.Accepted], submission.Required);
    }

    [Fact]
    public void A_minimal_2025_09_package_has_the_defaults_of_the_format()
    {
        using var package = TestPackage.Modern();

        var problem = package.Read();

        Assert.Equal("2025-09", problem.FormatVersion);
        Assert.Equal(2.0, problem.Limits.AcceptedToTimeLimit);
        Assert.Equal(1.5, problem.Limits.TimeLimitToExceeded);
        Assert.Equal(StatementKind.Markdown, Assert.Single(problem.Statements).Kind);
        Assert.False(problem.AllowFileWriting);
        Assert.Empty(problem.Warnings);
    }
}
