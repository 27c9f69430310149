using Gavel.Sandbox.Diagnostics;

namespace Gavel.Sandbox.Tests.Attacks;

/// <summary>The attacks that a host cannot meet as the table says, by name, each with the reason. What it shows is skipped, never passed.</summary>
internal static class Unmet
{
    /// <summary>True in the guest of `./gavel test --guest`.</summary>
    internal static readonly bool UserModeLinux = File.ReadAllText("/proc/cpuinfo").Contains("User Mode Linux", StringComparison.Ordinal);

    internal static string? Reason(Attack attack, SandboxFacts facts) => attack switch
    {
        { Name: "change_work_folder" } when facts.OneUser => "One user for all: the work folder is the program's own. It is renewed before the next run.",
        { Name: "memory_fill_tmp", Causes: [TerminationCause.MemoryLimit] } when facts.CgroupVersion == "none" => "Without a cgroup files in the work folder have a limit of their own, and are not added to memory.",
        { Name: "memory_page_tables" } when facts.CgroupVersion == "none" => "Without a cgroup the limit of address space refuses the mapping: the attack ends, but by itself.",
        { Name: "memory_page_tables" } when UserModeLinux => "User-mode Linux has less address space than the attack maps.",
        { Name: "k_32_bit" } when UserModeLinux => "User-mode Linux has no 32-bit calls.",
        { Name: "n_listen" } when HostFacts.Read().LandlockVersion < 4 => "Landlock before version 4 does not cover TCP: the port is bound, in a network namespace that leads nowhere.",
        { Name: "kill_init" or "kill_runner" or "guess_pids" or "k_signal_by_pidfd" or "python_kills_everybody" } when facts.OneUser && HostFacts.Read().LandlockVersion < 6 =>
            "One user for all, and Landlock before version 6 lets signals through: pid 1, which they reach, is deaf to them (RootlessCellTests).",
        _ => null,
    };
}
