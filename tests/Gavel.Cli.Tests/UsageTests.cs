using System.CommandLine;
using Gavel.Cli.Output;

namespace Gavel.Cli.Tests;

public sealed class UsageTests
{
    public static TheoryData<string[], string> WrongUses => new()
    {
        { ["jduge"], "no command 'jduge'" },
        { ["problem", "verfy"], "no command 'verfy'" },
        { ["judge", "only-one"], "SOURCE" },
        { ["judge", "/nowhere", "/nowhere/a.py"], "no file /nowhere/a.py" },
        { ["problem", "verify"], "PACKAGE" },
        { ["problem", "verify", "/nowhere"], "no problem package /nowhere" },
        { ["run", "/nowhere/a.py"], "no file /nowhere/a.py" },
        { ["run", "a.py", "--time", "-1"], "--time must be a positive number" },
        { ["run", "a.py", "--memory", "0"], "--memory must be a positive number" },
        { ["run", "a.py", "--time", "soon"], "soon" },
        { ["up", "--port", "70000"], "--port must be from 0 to 65535" },
        { ["up", "--problems", "/nowhere"], "no folder /nowhere" },
        { ["up", "--database", "postgres://"], "postgres://user:password@host" },
        { ["serve"], "--database" },
        { ["submit", "hello", "a.py", "--server", "nonsense"], "not the address of a server" },
    };

    [Theory]
    [MemberData(nameof(WrongUses))]
    public async Task Wrong_use_ends_with_2_and_says_how_to_mend_it(string[] arguments, string explanation)
    {
        var result = await CommandLine.RunAsync(arguments);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains(explanation, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_tells_no_language_asks_for_one()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("gavel-cli-").FullName, "program.unknown");
        await File.WriteAllTextAsync(file, "?", TestContext.Current.CancellationToken);

        var result = await CommandLine.RunAsync("run", file);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("--language", result.Error, StringComparison.Ordinal);
        Assert.Contains("python3", result.Error, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task An_unknown_language_lists_the_known_ones()
    {
        var result = await CommandLine.RunAsync("run", typeof(UsageTests).Assembly.Location, "--language", "klingon");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("'klingon'", result.Error, StringComparison.Ordinal);
        Assert.Contains("cpp", result.Error, StringComparison.Ordinal);
    }

    public static TheoryData<string> EveryCommand => [.. Paths(GavelCli.Commands(Terminal.Of(Stream.Null, Stream.Null, TextWriter.Null)), "")];

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public async Task Every_command_explains_itself(string command)
    {
        var result = await CommandLine.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Contains("Usage:", result.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Paths(Command command, string path)
    {
        yield return path;
        foreach (var child in command.Subcommands.SelectMany(c => Paths(c, $"{path} {c.Name}")))
            yield return child;
    }
}
