using Gavel.Sandbox.Protocol;
using static Gavel.Sandbox.Tests.RunTests;

namespace Gavel.Sandbox.Tests.Attacks;

/// <summary>One layer is taken away; the next one holds.</summary>
public sealed class LayerTests(Guest guest)
{
    private static readonly string[] FilterAttacks =
    [
        "k_mount", "k_new_mount_api", "k_unshare", "k_clone_namespaces", "k_clone3_namespaces", "k_setns", "k_pivot_root", "k_kexec", "k_modules",
        "k_ports", "k_clock", "k_names", "k_swap_quota_acct", "k_process_memory", "k_descriptors_of_others", "k_signal_by_pidfd", "n_raw", "n_packet",
        "n_loopback_database", "n_internet", "p_become_root", "p_capabilities", "p_trace_permission", "p_secure_bits", "read_process_one", "leave_the_root",
        "k_limits_of_others", "k_priority_of_others", "kill_init", "kill_runner",
    ];

    private static readonly string[] LandlockAttacks =
    [
        "read_secrets", "read_process_one", "write_proc", "read_devices", "make_devices", "write_toolchain", "overwrite_own_executable",
        "overwrite_runner_executable", "links_out", "leave_the_root", "n_loopback_database", "n_internet", "n_metadata_service", "kill_init", "kill_runner",
        "guess_pids",
    ];

    public static TheoryData<string> WithoutFilter => [.. FilterAttacks];

    public static TheoryData<string> WithoutLandlock => [.. LandlockAttacks];

    [Theory]
    [MemberData(nameof(WithoutFilter))]
    public Task Capabilities_and_namespaces_hold_without_the_system_call_filter(string attack) => HoldsAsync(attack, new Layers { SystemCallFilter = false });

    [Theory]
    [MemberData(nameof(WithoutLandlock))]
    public Task Mounts_and_namespaces_hold_without_landlock(string attack) => HoldsAsync(attack, new Layers { Landlock = false });

    private async Task HoldsAsync(string attack, Layers layers)
    {
        Assert.SkipWhen(Environment.UserName != "root", "Without root the user is one layer fewer, as docs/security.md says: some of these rest on the filter or Landlock alone.");
        var cancellation = TestContext.Current.CancellationToken;
        await using var sandbox = await CellSandbox.CreateAsync(new SandboxOptions { Warm = 0, Layers = layers }, cancellation);
        await using var cell = await sandbox.RentAsync(guest.Options, cancellation);

        var report = await cell.RunAsync(Guest.Command(attack) with { Limits = Attack.Patient }, cancellation);

        Assert.Equal((TerminationCause.Exited, 0), (report.Cause, report.ExitCode));
        Assert.DoesNotContain("ESCAPED", Text(report.Output), StringComparison.Ordinal);
    }
}
