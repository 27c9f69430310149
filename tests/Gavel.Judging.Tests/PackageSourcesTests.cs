using System.Text;

namespace Gavel.Judging.Tests;

public sealed class PackageSourcesTests
{
    [Fact]
    public void Constants_reach_the_packages_submissions_and_files_keep_their_place()
    {
        using var package = ProblemOnDisk.Modern(
            "type: pass-fail\nconstants:\n  modulus: 1000007\nlimits:\n  time_limit: 1.0\n",
            ("data/secret/1.in", "1\n"), ("data/secret/1.ans", "1\n"),
            ("submissions/accepted/a.py", "print(int(input()) % {{modulus}})\n"),
            ("submissions/accepted/b/main.py", "import lib.sums\n"), ("submissions/accepted/b/lib/sums.py", "pass\n"));
        var problem = package.Problem;

        var single = PackageSources.Read(problem, problem.Submissions.Single(s => s.Name == "accepted/a.py"));
        var several = PackageSources.Read(problem, problem.Submissions.Single(s => s.Name == "accepted/b"));

        Assert.Equal("print(int(input()) % 1000007)\n", Encoding.UTF8.GetString(single.Single().Content.Span));
        Assert.Equal(["lib/sums.py", "main.py"], several.Select(f => f.Name).Order(StringComparer.Ordinal));
    }
}
