using System.Diagnostics;
using System.Text.Json;
using Gavel.Testing;

namespace Gavel.Cli.Tests;

/// <summary>A toolchain that is really broken: in a mount namespace of the test's own, where another file lies over its program.</summary>
public sealed class BrokenToolchainTests
{
    [Fact]
    public async Task Doctor_names_the_broken_toolchain_and_the_command_that_mends_it()
    {
        Prerequisite.Require(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/gawk") && File.Exists("/usr/bin/unshare"), "root, gawk and unshare");
        var gavel = Path.Combine(AppContext.BaseDirectory, "gavel.dll");
        var start = new ProcessStartInfo(
            "/usr/bin/unshare", ["--mount", "--propagation", "private", "/bin/sh", "-c", $"mount --bind /dev/null /usr/bin/gawk && exec dotnet exec '{gavel}' doctor --json"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;

        var text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        using var document = JsonDocument.Parse(text);
        var awk = Find(document.RootElement, "awk");
        Assert.Contains("/usr/bin/gawk", awk.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("apt-get install -y --reinstall --no-install-recommends gawk", awk.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("--reinstall", Find(document.RootElement, "bash").GetRawText(), StringComparison.Ordinal);
    }

    private static JsonElement Find(JsonElement root, string name)
    {
        var list = root.ValueKind == JsonValueKind.Array ? root : root.EnumerateObject().First(p => p.Value.ValueKind == JsonValueKind.Array).Value;
        return list.EnumerateArray().Single(f => f.GetProperty("name").GetString() == name);
    }
}
