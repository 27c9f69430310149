using Gavel.Testing;

namespace Gavel.Cli.Tests;

[Collection("cells")]
public sealed class ProblemPackagesTests : IDisposable
{
    private readonly string scratch = Directory.CreateTempSubdirectory("gavel-cli-packages-").FullName;

    public void Dispose() => Directory.Delete(scratch, recursive: true);

    [Fact]
    public async Task A_new_package_passes_its_own_verification()
    {
        Prerequisite.Require(Environment.IsPrivilegedProcess, "root, for the sandbox");

        var made = await CommandLine.RunAsync("problem", "new", "apples", "--in", scratch);
        var verified = await CommandLine.RunAsync("problem", "verify", Path.Combine(scratch, "apples"));

        Assert.Equal(ExitCode.Success, made.ExitCode);
        Assert.True(verified.ExitCode == ExitCode.Success, verified.Output + verified.Error);
    }

    [Fact]
    public async Task Names_that_no_problem_can_have_are_refused()
    {
        Assert.Equal(ExitCode.Usage, (await CommandLine.RunAsync("problem", "new", "../x", "--in", scratch)).ExitCode);
        Assert.Equal(ExitCode.Success, (await CommandLine.RunAsync("problem", "new", "twice", "--in", scratch)).ExitCode);
        Assert.Equal(ExitCode.Usage, (await CommandLine.RunAsync("problem", "new", "twice", "--in", scratch)).ExitCode);
    }

    [Fact]
    public async Task A_standard_polygon_package_has_its_tests_made_in_cells()
    {
        Prerequisite.Require(Environment.IsPrivilegedProcess, "root, for the sandbox");
        Write("polygon/problem.xml", """
            <problem><names><name language="english" value="Squares"/></names>
            <judging input-file="" output-file=""><testset name="tests"><time-limit>2000</time-limit><memory-limit>268435456</memory-limit>
            <input-path-pattern>tests/%02d</input-path-pattern><answer-path-pattern>tests/%02d.a</answer-path-pattern>
            <tests><test method="manual" sample="true"/><test method="generated" cmd="gen 7"/></tests></testset></judging>
            <files><executables><executable><source path="files/gen.py" type="python.3"/></executable></executables></files>
            <assets><checker name="std::wcmp.cpp"/><solutions><solution tag="main"><source path="solutions/main.py" type="python.3"/></solution></solutions></assets></problem>
            """);
        Write("polygon/tests/01", "3\n");
        Write("polygon/files/gen.py", "import sys\nprint(int(sys.argv[1]) * 2)\n");
        Write("polygon/solutions/main.py", "print(int(input()) ** 2)\n");
        Write("polygon/statement-sections/english/legend.tex", "Print the square.\n");

        var imported = await CommandLine.RunAsync("problem", "import", Path.Combine(scratch, "polygon"), "--out", Path.Combine(scratch, "out"));
        var verified = await CommandLine.RunAsync("problem", "verify", Path.Combine(scratch, "out", "polygon"));

        Assert.True(imported.ExitCode == ExitCode.Success, imported.Output + imported.Error);
        Assert.Contains("approximated  testlib.h", imported.Output, StringComparison.Ordinal);
        Assert.Equal("196\n", File.ReadAllText(Path.Combine(scratch, "out/polygon/data/secret/002.ans")));
        Assert.True(verified.ExitCode == ExitCode.Success, verified.Output + verified.Error);
    }

    [Fact]
    public async Task An_exported_package_is_a_package_again()
    {
        await CommandLine.RunAsync("problem", "new", "apples", "--in", scratch);
        var archive = Path.Combine(scratch, "apples-legacy.zip");

        var exported = await CommandLine.RunAsync("problem", "export", Path.Combine(scratch, "apples"), "--to", "legacy", "--out", archive);
        var again = await CommandLine.RunAsync("problem", "export", archive, "--to", "2025-09", "--out", Path.Combine(scratch, "apples-modern.zip"));

        Assert.True(exported.ExitCode == ExitCode.Success, exported.Output + exported.Error);
        Assert.True(again.ExitCode == ExitCode.Success, again.Output + again.Error);
        Assert.Equal(ExitCode.Usage, (await CommandLine.RunAsync("problem", "export", archive, "--to", "zip")).ExitCode);
    }

    [Fact]
    public async Task What_cannot_be_imported_is_refused_with_its_place()
    {
        Write("dmoj/init.yml", "checker: linematches\n");

        var result = await CommandLine.RunAsync("problem", "import", Path.Combine(scratch, "dmoj"), "--out", Path.Combine(scratch, "out"), "--json");

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Equal("init.yml", result.Json.GetProperty("issues")[0].GetProperty("file").GetString());
    }

    private void Write(string path, string content)
    {
        var file = Path.Combine(scratch, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }
}
