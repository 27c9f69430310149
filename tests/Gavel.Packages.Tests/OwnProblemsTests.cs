using Gavel.Testing;

namespace Gavel.Packages.Tests;

public sealed class OwnProblemsTests
{
    public static TheoryData<string> Packages => new(Directory.Exists(Repository.Problems)
        ? Directory.GetDirectories(Repository.Problems).Where(f => File.Exists(Path.Combine(f, "problem.yaml"))).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)
        : Enumerable.Empty<string>());

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Packages))]
    public void Every_package_of_ours_is_read_without_errors_and_without_warnings(string package)
    {
        var result = PackageReader.Read(Path.Combine(Repository.Problems, package));

        var problem = result is PackageReadResult.Ok ok ? ok.Problem : null;
        Assert.True(problem is not null, string.Join('\n', (result as PackageReadResult.Refused)?.Issues ?? []));
        Assert.Empty(problem.Warnings);
        Assert.NotEmpty(problem.Testcases);
        Assert.NotEmpty(problem.Statements);
    }
}
