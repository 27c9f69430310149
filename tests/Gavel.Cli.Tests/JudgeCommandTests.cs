using System.IO.Compression;
using Gavel.Testing;

namespace Gavel.Cli.Tests;

[Collection("cells")]
public sealed class JudgeCommandTests : IDisposable
{
    private readonly SmallPackage package = new();

    public JudgeCommandTests() => Prerequisite.Require(Environment.IsPrivilegedProcess, "root, for the sandbox");

    public void Dispose() => package.Dispose();

    [Fact]
    public async Task An_accepted_program_ends_with_0()
    {
        var result = await CommandLine.RunAsync("judge", package.Folder, Path.Combine(package.Folder, "submissions/accepted/twice.py"));

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Contains("twice: Accepted (AC)", result.Output, StringComparison.Ordinal);
        Assert.Matches("(?m)^secret/1 +AC ", result.Output);
    }

    [Fact]
    public async Task A_wrong_program_ends_with_1_and_json_tells_each_testcase()
    {
        var result = await CommandLine.RunAsync("judge", package.Folder, Path.Combine(package.Folder, "submissions/wrong_answer/square.py"), "--json");

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Equal("WA", result.Json.GetProperty("verdict").GetString());
        Assert.Equal(["AC", "WA"], result.Json.GetProperty("testcases").EnumerateArray().Select(t => t.GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task A_zip_is_judged_like_the_folder_it_was_made_from()
    {
        var zip = package.Folder + ".zip";
        ZipFile.CreateFromDirectory(package.Folder, zip, CompressionLevel.Fastest, includeBaseDirectory: true);

        var result = await CommandLine.RunAsync("judge", zip, Path.Combine(package.Folder, "submissions/accepted/twice.py"));

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Empty(Directory.EnumerateDirectories(Path.GetTempPath(), "gavel-package-*"));
    }

    [Theory]
    [InlineData("limits:\n  time_limit: soon\n", "problem.yaml:")]
    [InlineData("type: guessing\n", "problem.yaml:")]
    public async Task A_malformed_package_is_refused_with_file_and_line(string yaml, string place)
    {
        package.Write("problem.yaml", "problem_format_version: 2025-09\nname: Twice\nuuid: 5f3f6a0e-3c1b-4f0e-9a55-0d3d6ff4a6c1\nlicense: cc0\n" + yaml);

        var result = await CommandLine.RunAsync("judge", package.Folder, Path.Combine(package.Folder, "submissions/accepted/twice.py"));

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Matches($"{place}[0-9]+: ", result.Error);
    }

    [Fact]
    public async Task A_file_that_is_no_zip_is_refused_and_leaves_nothing_behind()
    {
        var file = package.Write("nonsense.zip", "PK but not really");

        var result = await CommandLine.RunAsync("problem", "verify", file);

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Contains("nonsense: refused", result.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Path.GetTempPath(), "gavel-package-*"));
    }
}
