using Gavel.Judging.Verification;

namespace Gavel.Judging.Tests.Verification;

public sealed class PackageLintTests
{
    [Theory]
    [InlineData("gavel.yaml", "checker: wcmp\n", false)]
    [InlineData("README.md", "Read me.\n", false)]
    [InlineData("gavel.yml", "checker: wcmp\n", true)]
    [InlineData("scribbles/a.txt", "x\n", true)]
    public void What_nothing_uses_is_named(string file, string content, bool unused)
    {
        using var package = ProblemOnDisk.Modern("limits: {time_limit: 1}", ("data/secret/1.in", "1\n"), ("data/secret/1.ans", "1\n"), (file, content));

        var findings = PackageLint.Examine(package.Problem);

        Assert.Equal(unused, findings.Any(f => f.Check == "unused" && f.Issue.File == file.Split('/')[0]));
    }
}
