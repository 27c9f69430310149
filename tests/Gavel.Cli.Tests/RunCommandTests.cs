using Gavel.Testing;

namespace Gavel.Cli.Tests;

[Collection("cells")]
public sealed class RunCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gavel-cli-").FullName;

    public RunCommandTests() => Prerequisite.Require(Environment.IsPrivilegedProcess, "root, for the sandbox");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Output_errors_and_exit_code_are_the_programs()
    {
        var result = await RunAsync("import sys\nprint(input()[::-1])\nprint('note', file=sys.stderr)\nsys.exit(7)\n", "abc\n");

        Assert.Equal(7, (int)result.ExitCode);
        Assert.Equal("cba\n", result.Output);
        Assert.Equal("note\n", result.Error);
    }

    [Fact]
    public async Task A_program_over_its_time_ends_with_1_and_says_so()
    {
        var result = await RunAsync("while True: pass\n", "", "--time", "0.3");

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Contains("time limit exceeded (0.3 s of CPU time", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_over_its_memory_ends_with_1_and_says_so()
    {
        var result = await RunAsync("x = bytearray(300 << 20)\nprint(len(x))\n", "", "--memory", "64");

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Contains("memory limit exceeded (64 MiB", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_is_told_as_a_shell_tells_it()
    {
        var result = await RunAsync("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n", "");

        Assert.Equal(128 + 11, (int)result.ExitCode);
        Assert.Contains("signal 11", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flag_of_the_languages_list_reaches_the_compiler()
    {
        var file = Path.Combine(folder, "main.c");
        File.WriteAllText(file, "#include <stdio.h>\nint main(void) { printf(\"%d\\n\", N); }\n");

        var result = await CommandLine.RunAsync("run", file, "--flag", "-DN=5", "--flag=-O3");

        Assert.Equal(("5\n", ExitCode.Success), (result.Output, result.ExitCode));
    }

    [Theory]
    [InlineData("-fplugin=/tmp/x.so")]
    [InlineData("-o/etc/passwd")]
    [InlineData("@/etc/passwd")]
    public async Task Any_other_flag_is_a_mistake_that_names_the_list(string flag)
    {
        var file = Path.Combine(folder, "main.c");
        File.WriteAllText(file, "int main(void) { return 0; }\n");

        var result = await CommandLine.RunAsync("run", file, $"--flag={flag}");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("is not a compiler flag that C17 (GCC) takes here", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_tells_everything_about_the_run()
    {
        var result = await RunAsync("import sys\nsys.exit(3)\n", "", "--json");

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Equal("runTimeError", result.Json.GetProperty("status").GetString());
        Assert.Equal(3, result.Json.GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public async Task A_source_that_does_not_compile_shows_the_compilers_words()
    {
        var source = Path.Combine(folder, "a.c");
        await File.WriteAllTextAsync(source, "int main(void) { return nothing; }\n", TestContext.Current.CancellationToken);

        var result = await CommandLine.RunAsync("run", source);

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Contains("nothing", result.Error, StringComparison.Ordinal);
        Assert.Contains("compile error", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_after_two_dashes_are_the_programs()
    {
        var source = Path.Combine(folder, "a.py");
        await File.WriteAllTextAsync(source, "import sys\nprint(sys.argv[1:])\n", TestContext.Current.CancellationToken);

        var result = await CommandLine.RunAsync("run", source, "--", "--json", "a b");

        Assert.Equal("['--json', 'a b']\n", result.Output);
    }

    private async Task<CommandLine> RunAsync(string program, string input, params string[] options)
    {
        var source = Path.Combine(folder, "a.py");
        await File.WriteAllTextAsync(source, program, TestContext.Current.CancellationToken);
        return await CommandLine.RunWithInputAsync(input, ["run", source, .. options]);
    }
}
