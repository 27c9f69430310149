using Gavel.Testing;

namespace Gavel.Cli.Tests;

[Collection("cells")]
public sealed class ProblemVerifyTests : IDisposable
{
    private readonly SmallPackage package = new();

    public ProblemVerifyTests() => Prerequisite.Require(Environment.IsPrivilegedProcess, "root, for the sandbox");

    public void Dispose() => package.Dispose();

    [Fact]
    public async Task A_package_that_keeps_its_promises_ends_with_0()
    {
        var result = await CommandLine.RunAsync("problem", "verify", package.Folder);

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Matches("(?m)^ok +accepted/twice.py +python3 +AC ", result.Output);
        Assert.Matches("(?m)^ok +wrong_answer/square.py +python3 +WA ", result.Output);
        Assert.Contains("twice: accepted/twice.py: AC", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submission_in_the_wrong_folder_ends_with_1_and_is_named()
    {
        package.Write("submissions/accepted/really_wrong.py", "print(5)\n");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder, "--json");

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.False(result.Json.GetProperty("passed").GetBoolean());
        var mismatch = Assert.Single(result.Json.GetProperty("packages")[0].GetProperty("submissions").EnumerateArray(), s => !s.GetProperty("matches").GetBoolean());
        Assert.Equal("accepted/really_wrong.py", mismatch.GetProperty("submission").GetString());
        Assert.Equal("WA", mismatch.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_submission_in_an_unknown_language_is_a_mismatch_not_a_silent_skip()
    {
        package.Write("submissions/accepted/twice.unheardof", "twice\n");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder);

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Contains("twice.unheardof", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_package_does_not_keep_the_others_from_being_verified()
    {
        using var broken = new SmallPackage();
        broken.Write("problem.yaml", "problem_format_version: 1066\nname: Old\n");

        var result = await CommandLine.RunAsync("problem", "verify", broken.Folder, package.Folder);

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Contains("twice: refused", result.Output, StringComparison.Ordinal);
        Assert.Contains("problem.yaml:1:", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 2 packages", result.Output, StringComparison.Ordinal);
    }
}
