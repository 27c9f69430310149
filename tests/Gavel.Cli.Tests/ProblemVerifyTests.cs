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

    [Fact]
    public async Task An_input_that_a_validator_rejects_is_an_error_with_its_file()
    {
        package.Write("input_validators/small.py", "import sys\nsys.exit(42 if int(input()) < 10 else 43)\n");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder);

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Contains("error: data/secret/1.in: input_validators/small.py ended with exit code 43", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_input_that_no_validator_rejects_is_an_error()
    {
        package.Write("input_validators/any.py", "import sys\nsys.exit(42)\n");
        package.Write("data/invalid_input/words.in", "words\n");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder);

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Contains("error: data/invalid_input/words.in: Every input validator accepts", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_validator_that_crashes_on_strange_output_is_an_error()
    {
        package.Write("output_validator/check.py", "import sys\nwanted = int(open(sys.argv[2]).read())\nsys.exit(42 if int(sys.stdin.read()) == wanted else 43)\n");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder, "--json");

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        var findings = result.Json.GetProperty("packages")[0].GetProperty("findings").EnumerateArray().ToArray();
        Assert.Contains(findings, f => f.GetProperty("check").GetString() == "robustness" && f.GetProperty("severity").GetString() == "error");
    }

    [Fact]
    public async Task Line_ends_of_another_system_twins_and_missing_newlines_are_warnings()
    {
        package.Write("data/secret/2.in", "7\r\n");
        package.Write("data/secret/2.ans", "14");
        package.Write("data/secret/3.in", "21\n");
        package.Write("data/secret/3.ans", "\uFEFF42\n");
        package.Write("output_validator/any.py", "import sys\nsys.stdin.buffer.read()\nsys.exit(42)\n");
        File.Delete(Path.Combine(package.Folder, "submissions/wrong_answer/square.py"));

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder);

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Contains("warning: data/secret/2.in:1: The line ends with a carriage return", result.Output, StringComparison.Ordinal);
        Assert.Contains("warning: data/secret/2.ans: The last line does not end with a newline", result.Output, StringComparison.Ordinal);
        Assert.Contains("warning: data/secret/3.in: The same input as secret/1", result.Output, StringComparison.Ordinal);
        Assert.Contains("warning: data/secret/3.ans:1: The file begins with a byte order mark", result.Output, StringComparison.Ordinal);
    }
}
