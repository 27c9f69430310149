using System.Diagnostics;
using Gavel.Sandbox.Measurement;
using Gavel.Testing;

namespace Gavel.Sandbox.Tests.Native;

/// <summary>The C part under the analyser, the sanitizers and a fuzzer.</summary>
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
        Assert.SkipWhen(Attacks.Unmet.UserModeLinux, "User-mode Linux has no room for the shadow memory of the address sanitizer.");
        var folder = Directory.CreateTempSubdirectory("gavel-fuzz-").FullName;
        var harness = Path.Combine(Repository.Root, "tests/Gavel.Sandbox.Tests/Native/fuzz_protocol.c");
        Assert.Equal(0, await RunAsync("gcc", $"-O1 -g -std=gnu17 -fsanitize=address,undefined -fno-sanitize-recover=all -o {folder}/fuzz {harness} {Cell}/runner.c {Cell}/io.c"));

        var exitCode = await RunAsync($"{folder}/fuzz", "200000");

        Directory.Delete(folder, recursive: true);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public void The_helper_can_be_read_in_one_sitting() =>
        Assert.InRange(Directory.GetFiles(Cell, "*.c").Sum(file => File.ReadLines(file).Count()), 1, 865);

    [Fact]
    public async Task Verdicts_of_programs_a_fifth_away_from_a_limit_hold_on_busy_cores()
    {
        Assert.SkipWhen(Attacks.Unmet.UserModeLinux, "User-mode Linux counts CPU time in ticks of 10 ms, and takes longer than the limit of 100 ms to hand out 32 MiB.");
        var programs = await VerdictStability.MeasureAsync(10, TestContext.Current.CancellationToken);

        Assert.All(programs, program => Assert.Equal(0, program.Wrong));
    }

    private static async Task<int> RunAsync(string tool, string arguments)
    {
        using var process = Process.Start(tool, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
