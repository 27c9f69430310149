using Gavel.Judging.Languages;

namespace Gavel.Judging.Tests.Languages;

/// <summary>What a probe remembers from one start to the next, and when it forgets.</summary>
public sealed class ToolchainMemoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gavel-memory-");

    private string Memory => Path.Combine(_folder.FullName, "toolchains.json");

    private string Compiler => Path.Combine(_folder.FullName, "compiler");

    private string Calls => Path.Combine(_folder.FullName, "calls");

    [Fact]
    public async Task A_compiler_is_not_started_again_while_it_is_the_same()
    {
        await WriteAsync("version 1");

        Assert.Equal("version 1", (await ProbeAsync()).Version);
        Assert.Equal("version 1", (await ProbeAsync()).Version);
        Assert.Single(await File.ReadAllLinesAsync(Calls, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_compiler_that_was_replaced_is_asked_again()
    {
        await WriteAsync("version 1");
        await ProbeAsync();
        await WriteAsync("version 2.0");

        Assert.Equal("version 2.0", (await ProbeAsync()).Version);
    }

    [Fact]
    public async Task A_compiler_that_is_gone_is_not_remembered()
    {
        await WriteAsync("version 1");
        await ProbeAsync();
        File.Delete(Compiler);

        Assert.False((await ProbeAsync()).Usable);
    }

    [Fact]
    public async Task A_compiler_that_failed_is_asked_again()
    {
        await WriteAsync("version 1\nexit 1");
        Assert.False((await ProbeAsync()).Usable);
        Assert.False((await ProbeAsync()).Usable);

        Assert.Equal(2, (await File.ReadAllLinesAsync(Calls, TestContext.Current.CancellationToken)).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"c":null}""")]
    [InlineData("""{"c":{"Stamp":7}}""")]
    public async Task A_damaged_memory_counts_as_empty(string content)
    {
        await WriteAsync("version 1");
        await File.WriteAllTextAsync(Memory, content, TestContext.Current.CancellationToken);

        Assert.Equal("version 1", (await ProbeAsync()).Version);
    }

    [Fact]
    public async Task Answers_of_many_toolchains_are_written_down_once_after_the_last()
    {
        var go = Path.Combine(_folder.FullName, "go");
        await WriteAsync($"version 1\nwhile [ ! -e {go} ]; do sleep 0.01; done");
        var second = Path.Combine(_folder.FullName, "second");
        await File.WriteAllTextAsync(second, $"#!/bin/sh\n[ -e {Memory} ] && echo early || echo version 2\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(second, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var probe = new ToolchainProbe(Memory);

        var asked = new[] { ("c", Compiler), ("cpp", second) }
            .Select(l => probe.ProbeAsync(LanguageTable.Default.Find(l.Item1)! with { Version = [l.Item2] }, TestContext.Current.CancellationToken)).ToList();
        await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);
        var answers = await Task.WhenAll(asked);

        Assert.Equal(["version 1", "version 2"], answers.Select(a => a.Version));
        var written = await File.ReadAllTextAsync(Memory, TestContext.Current.CancellationToken);
        Assert.All(["version 1", "version 2"], version => Assert.Contains(version, written, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<ToolchainStatus> ProbeAsync() =>
        new ToolchainProbe(Memory).ProbeAsync(LanguageTable.Default.Find("c")! with { Version = [Compiler, "--version"] }, TestContext.Current.CancellationToken);

    private async Task WriteAsync(string says)
    {
        var lines = says.Split('\n');
        await File.WriteAllTextAsync(Compiler, $"#!/bin/sh\necho called >> {Calls}\necho {lines[0]}\n{string.Join('\n', lines[1..])}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(Compiler, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
