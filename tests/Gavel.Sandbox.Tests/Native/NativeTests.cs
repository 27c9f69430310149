using System.Diagnostics;
using Gavel.Testing;

namespace Gavel.Sandbox.Tests.Native;

/// <summary>The C part under the analyser, the sanitizers and a fuzzer; and a soak of the whole.</summary>
public sealed class NativeTests
{
    private static readonly string Cell = Path.Combine(Repository.Root, "src/Gavel.Sandbox/cell");

    [Fact]
    public async Task The_analyser_finds_nothing()
    {
        var sources = string.Join(' ', Directory.GetFiles(Cell, "*.c"));

        Assert.Equal(0, await RunAsync("gcc", $"-O2 -std=gnu17 -Wall -Wextra -Werror -Wshadow -Wconversion -fanalyzer -static -o /dev/null {sources}"));
    }

    [Fact]
    public async Task The_parser_of_run_messages_survives_the_fuzzer_under_sanitizers()
    {
        var folder = Directory.CreateTempSubdirectory("gavel-fuzz-").FullName;
        var harness = Path.Combine(Repository.Root, "tests/Gavel.Sandbox.Tests/Native/fuzz_protocol.c");
        Assert.Equal(0, await RunAsync("gcc", $"-O1 -g -std=gnu17 -fsanitize=address,undefined -fno-sanitize-recover=all -o {folder}/fuzz {harness} {Cell}/runner.c {Cell}/io.c"));

        var exitCode = await RunAsync($"{folder}/fuzz", "200000");

        Directory.Delete(folder, recursive: true);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public void The_helper_can_be_read_in_one_sitting() =>
        Assert.InRange(Directory.GetFiles(Cell, "*.c").Sum(file => File.ReadLines(file).Count()), 1, 900);

    [Fact]
    public async Task Many_runs_leave_no_growth()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var sandbox = await CellSandbox.CreateAsync(new SandboxOptions { Warm = 2 }, cancellation);

        var before = await RunManyAsync(sandbox, 20);
        var after = await RunManyAsync(sandbox, 60);

        Assert.Equal(before, after);

        static (int Cgroups, int Processes) Count(CellSandbox sandbox)
        {
            var folders = sandbox.CgroupFolders.SelectMany(Directory.GetDirectories).ToArray();
            return (folders.Length, folders.Sum(folder => File.ReadAllLines($"{folder}/cgroup.procs").Length));
        }

        async Task<(int Cgroups, int Processes)> RunManyAsync(CellSandbox many, int cells)
        {
            for (var index = 0; index < cells; index++)
            {
                await using var cell = await many.RentAsync(new CellOptions(), cancellation);
                for (var run = 0; run < 5; run++)
                    await cell.RunAsync(SandboxFixture.Shell("echo x > /w/x; sleep 100 &"), cancellation);
            }

            // Counted while both slots are in use: a slot that was returned makes its next cell behind our back.
            await using var one = await many.RentAsync(new CellOptions(), cancellation);
            await using var two = await many.RentAsync(new CellOptions(), cancellation);
            await one.RunAsync(SandboxFixture.Shell("true"), cancellation);
            await two.RunAsync(SandboxFixture.Shell("true"), cancellation);
            return Count(many);
        }
    }

    private static async Task<int> RunAsync(string tool, string arguments)
    {
        using var process = Process.Start(tool, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
