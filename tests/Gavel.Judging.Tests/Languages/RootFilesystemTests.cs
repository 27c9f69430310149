using System.Diagnostics;
using System.Text;
using Gavel.Core.Judgings;
using Gavel.Judging.Languages;
using Gavel.Testing;

namespace Gavel.Judging.Tests.Languages;

/// <summary>
/// Two versions of a language on one host, the second from a root filesystem of its own. The root is made of this host's files, so that the test needs no
/// mirror: its /usr/bin/lua5.4 is another interpreter than the host's.
/// </summary>
public sealed class RootFilesystemTests(JudgeFixture fixture) : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("gavel-rootfs-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Two_versions_are_judged_side_by_side_each_in_its_own_userland()
    {
        var host = await fixture.LanguageAsync("lua");
        var other = await OtherLuaAsync();

        var status = await fixture.Judge.Toolchains.ProbeAsync(other, TestContext.Current.CancellationToken);
        var here = await RunAsync(host, "print(_VERSION, jit)");
        var there = await RunAsync(other, "print(_VERSION, jit.version)");

        Assert.StartsWith("LuaJIT", status.Version, StringComparison.Ordinal);
        Assert.StartsWith("Lua 5.4", here, StringComparison.Ordinal);
        Assert.StartsWith("Lua 5.1", there, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_the_hosts_programs_is_seen_and_nothing_of_the_root_can_be_written()
    {
        var other = await OtherLuaAsync();

        var seen = await RunAsync(other, """
            local function can(path, mode) local f = io.open(path, mode); if f then f:close() end; return f ~= nil end
            print(can("/usr/bin/gcc", "r"), can("/usr/bin/lua5.4", "r"), can("/usr/bin/lua5.4", "w"), can("/usr/evil", "w"), os.remove("/usr/bin/lua5.4") == true)
            """);

        Assert.Equal("false\ttrue\tfalse\tfalse\tfalse\n", seen);
        Assert.True(File.Exists(Path.Combine(_root, "usr/bin/lua5.4")));
    }

    [Fact]
    public async Task A_root_that_is_not_there_is_named()
    {
        var status = await new ToolchainProbe().ProbeAsync(
            LanguageTable.Default.Find("lua")! with { Id = "lua-nowhere", RootFolder = "/nowhere" }, TestContext.Current.CancellationToken);

        Assert.Contains("/nowhere", status.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_that_is_a_relative_path_is_an_error_of_the_table() =>
        Assert.Contains("'rootfs'", Assert.Throws<LanguageTableException>(
            () => LanguageFile.Read(new StringReader("x: {name: X, source: a, run: [/a], version: [/a], rootfs: roots/a}\n"))).Message, StringComparison.Ordinal);

    private async Task<Language> OtherLuaAsync()
    {
        Prerequisite.Require(File.Exists("/usr/bin/luajit") && new FileInfo("/lib").LinkTarget is not null, "luajit, and /lib as a link into /usr");
        var program = Path.Combine(_root, "usr/bin/lua5.4");
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        File.Copy("/usr/bin/luajit", program);
        foreach (var library in await LibrariesAsync("/usr/bin/luajit"))
        {
            var copy = _root + (library.StartsWith("/usr/", StringComparison.Ordinal) ? library : "/usr" + library);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(library, copy);
        }

        foreach (var name in new[] { "bin", "lib", "lib64" })
            File.CreateSymbolicLink(Path.Combine(_root, name), $"usr/{name}");
        foreach (var path in Directory.EnumerateDirectories(_root, "*", SearchOption.AllDirectories).Prepend(_root))
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        return LanguageTable.Default.Find("lua")! with { Id = "lua-other", Name = "Lua of another root", Compile = [], RootFolder = _root };
    }

    private static async Task<IReadOnlyList<string>> LibrariesAsync(string program)
    {
        using var ldd = Process.Start(new ProcessStartInfo("/usr/bin/ldd", [program]) { RedirectStandardOutput = true })!;
        var text = await ldd.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await ldd.WaitForExitAsync(TestContext.Current.CancellationToken);
        return [.. text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith('/')).Distinct()];
    }

    private async Task<string> RunAsync(Language language, string source)
    {
        var result = await fixture.Judge.RunAsync(new() { Language = language, Files = [JudgeFixture.File("main.lua", source)] }, TestContext.Current.CancellationToken);
        Assert.True(result.Status == RunStatus.Ok, $"{result.Status} {result.Message} {result.CompilerOutput} {Encoding.UTF8.GetString(result.ErrorOutput.Span)}");
        return Encoding.UTF8.GetString(result.Output.Span);
    }
}
