using System.Diagnostics;
using Gavel.Testing;

namespace Gavel.Sandbox.Tests;

/// <summary>
/// The same suite, run again by a user without any right. GAVEL_TEST_SANDBOX=rootless runs all of it; without, the attacks on what is different there:
/// other processes of the same user, limits without a cgroup, memory, CPU time, files.
/// </summary>
public sealed class RootlessTests
{
    private const string Nobody = "64242"; // no such user

    // What holds by other means than as root.
    private static readonly string[] Smoke =
    [
        "Gavel.Sandbox.Tests.RunTests", "Gavel.Sandbox.Tests.LimitTests", "Gavel.Sandbox.Tests.RootlessCellTests",
    ];

    private static readonly string[] Whole =
    [
        "Gavel.Sandbox.Tests.RunTests", "Gavel.Sandbox.Tests.LimitTests", "Gavel.Sandbox.Tests.RootlessCellTests", "Gavel.Sandbox.Tests.PipedTests",
        "Gavel.Sandbox.Tests.StreamTests", "Gavel.Sandbox.Tests.ToolchainTests", "Gavel.Sandbox.Tests.Attacks.AttackTests",
    ];

    [Fact]
    public async Task An_unprivileged_user_has_a_sandbox_too()
    {
        Prerequisite.Require(File.Exists("/usr/bin/setpriv"), "setpriv");
        Assert.SkipWhen(Environment.UserName != "root", "These tests run as an unprivileged user already.");
        Prerequisite.Require(await ExitCodeAsync(["/usr/bin/unshare", "--user", "true"]) == 0, "user namespaces for unprivileged users");
        var classes = Environment.GetEnvironmentVariable("GAVEL_TEST_SANDBOX") == "rootless" ? Whole : Smoke;
        var home = Directory.CreateTempSubdirectory("gavel-rootless-").FullName;
        File.SetUnixFileMode(home, (UnixFileMode)0b111_111_111);

        var (exitCode, output) = await RunAsync(
            [Environment.ProcessPath!, "--no-progress", "--no-ansi", "--results-directory", $"{home}/results", "--filter-class", .. classes], home);

        Directory.Delete(home, recursive: true);
        Assert.True(exitCode == 0, output);
    }

    private static async Task<int> ExitCodeAsync(string[] command) => (await RunAsync(command, "/tmp")).ExitCode;

    private static async Task<(int ExitCode, string Output)> RunAsync(string[] command, string home)
    {
        var start = new ProcessStartInfo("/usr/bin/setpriv", ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home,
        };
        (start.Environment["HOME"], start.Environment["TMPDIR"]) = (home, home);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
