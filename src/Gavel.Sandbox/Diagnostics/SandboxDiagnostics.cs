using Gavel.Sandbox.Cgroups;

namespace Gavel.Sandbox.Diagnostics;

/// <summary>Looks at everything on this host that isolation or measurement depends on. Reads only; <c>gavel doctor</c> shows it.</summary>
public static class SandboxDiagnostics
{
    /// <summary>All findings, good ones included, in a fixed order.</summary>
    public static IReadOnlyList<SandboxFinding> Inspect() => Inspect(HostFacts.Read());

    /// <summary>The same for given facts: pure, for tests.</summary>
    internal static IReadOnlyList<SandboxFinding> Inspect(HostFacts host) =>
    [
        Platform(host),
        Helper(host),
        Rights(host),
        Cgroups(host),
        UserNamespaces(host),
        AppArmor(host),
        Seccomp(host),
        Landlock(host),
        Swap(host),
        Overcommit(host),
        AddressRandomisation(host),
        SimultaneousMultithreading(host),
        Governor(host),
        Turbo(host),
        ClockSource(host),
        CorePattern(host),
    ];

    private static SandboxFinding Platform(HostFacts host) => host switch
    {
        { IsX64: false } => new("platform", FindingSeverity.Breaks, "The system call policy is written for x86-64 only."),
        { Kernel: var kernel } when kernel < new Version(5, 14) => new("platform", FindingSeverity.Breaks, $"Linux {kernel} is too old: 5.14 or later is needed (mount_setattr, seccomp notification, openat2).", "apt-get install linux-image-amd64 && reboot"),
        { Kernel: var kernel } => new("platform", FindingSeverity.Good, $"Linux {kernel} on x86-64."),
    };

    private static SandboxFinding Helper(HostFacts host) => host.HelperExists
        ? new("helper", FindingSeverity.Good, "gavel-cell is there.")
        : new("helper", FindingSeverity.Breaks, "gavel-cell is missing beside Gavel's assemblies: it is compiled by the build.", "apt-get install gcc libc6-dev && ./gavel build");

    private static SandboxFinding Rights(HostFacts host) => host.IsRoot
        ? new("rights", FindingSeverity.Good, "Gavel runs as root outside; every program runs as a user that exists nowhere else, in a user namespace.")
        : new("rights", FindingSeverity.Weakens, "Gavel does not run as root: cells share its user, so namespaces, the system call filter and Landlock are what keeps a program from your files and processes.", "sudo ./gavel ...");

    private static SandboxFinding Cgroups(HostFacts host) => host switch
    {
        { IsRoot: false, V2IsDelegated: true } => new("cgroups", FindingSeverity.Good, "A delegated cgroup of version 2 with memory and pids."),
        { IsRoot: false } => new("cgroups", FindingSeverity.Weakens, $"No cgroup is ours to use. Each process is limited; not enforced: {string.Join("; ", NoCgroup.NotEnforced)}.", "systemd-run --user --scope -p Delegate=yes ./gavel ..."),
        { MissingV1Controllers.Length: 0, V1Writable: true } => new("cgroups", FindingSeverity.Good, "cgroup version 1 with memory, pids and cpuacct."),
        { MissingV1Controllers.Length: 0 } => new("cgroups", FindingSeverity.Breaks, "The cgroup version 1 hierarchies are mounted read-only: memory, processes and CPU time cannot be limited or measured.", "mount -o remount,rw /sys/fs/cgroup"),
        { HasV2: true } when CgroupV2.Controllers.All(host.V2Controllers.Contains) => host.PeakCanBeReset
            ? new("cgroups", FindingSeverity.Good, "cgroup version 2 with memory and pids.")
            : new("cgroups", FindingSeverity.Note, "cgroup version 2 with memory and pids. Before Linux 6.12 a peak cannot be reset: of several runs in one cell the largest is exact, smaller later ones show it as an upper bound."),
        { HasV2: true } => new("cgroups", FindingSeverity.Breaks, "The cgroup version 2 hierarchy does not offer the controllers memory and pids.", "echo '+memory +pids' > /sys/fs/cgroup/cgroup.subtree_control"),
        _ => new("cgroups", FindingSeverity.Breaks, $"Missing cgroup controllers: {string.Join(", ", host.MissingV1Controllers)}.", $"mkdir -p /sys/fs/cgroup/memory && mount -t cgroup -o memory cgroup /sys/fs/cgroup/memory"),
    };

    private static SandboxFinding UserNamespaces(HostFacts host) => host.MaxUserNamespaces > 0
        ? new("user-namespaces", FindingSeverity.Good, $"Up to {host.MaxUserNamespaces} user namespaces.")
        : new("user-namespaces", FindingSeverity.Breaks, "User namespaces are switched off.", "sysctl -w user.max_user_namespaces=10000");

    private static SandboxFinding AppArmor(HostFacts host) => host is { AppArmorRestrictsUserNamespaces: true, IsRoot: false }
        ? new("apparmor", FindingSeverity.Breaks, "AppArmor keeps unprivileged programs from using user namespaces.", "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0")
        : new("apparmor", FindingSeverity.Good, "AppArmor does not stand in the way.");

    private static SandboxFinding Seccomp(HostFacts host) => host.SeccompActions.Contains("user_notif", StringComparison.Ordinal)
        ? new("seccomp", FindingSeverity.Good, "seccomp with notification: refused acts are counted.")
        : new("seccomp", FindingSeverity.Breaks, "The kernel has no seccomp filters with notification.");

    private static SandboxFinding Landlock(HostFacts host) => host.LandlockVersion switch
    {
        >= 6 and var version => new("landlock", FindingSeverity.Good, $"Landlock {version}: files, TCP, signals and abstract sockets."),
        >= 1 and var version => new("landlock", FindingSeverity.Note, $"Landlock {version}: an older one, which does not cover TCP (4), signals and abstract sockets (6). Namespaces cover them."),
        _ => new("landlock", FindingSeverity.Weakens, "No Landlock: one layer fewer around files.", "add lsm=landlock,... to the kernel command line and reboot"),
    };

    private static SandboxFinding Swap(HostFacts host) => host.SwapIsOn
        ? new("swap", FindingSeverity.Weakens, "Swap is on: a program near its memory limit may slow down by swapping. Gavel limits memory and swap together where the kernel offers it.", "swapoff -a")
        : new("swap", FindingSeverity.Good, "No swap.");

    private static SandboxFinding Overcommit(HostFacts host) => host.Overcommit == 2
        ? new("overcommit", FindingSeverity.Weakens, "Strict overcommit: runtimes that reserve much address space (Java, Go, Node.js) fail before they reach their memory limit.", "sysctl -w vm.overcommit_memory=0")
        : new("overcommit", FindingSeverity.Good, "Address space may be reserved freely; memory is limited by the cgroup.");

    private static SandboxFinding AddressRandomisation(HostFacts host) => host.RandomizeVaSpace == 2
        ? new("aslr", FindingSeverity.Note, "Address randomisation is on: safer, at the price of a per cent or so of variation between runs.")
        : new("aslr", FindingSeverity.Weakens, "Address randomisation is off: exploits of Gavel's helper become easier.", "sysctl -w kernel.randomize_va_space=2");

    private static SandboxFinding SimultaneousMultithreading(HostFacts host) => host.SmtActive
        ? new("smt", FindingSeverity.Weakens, $"Two programs may share one core{(host.SharedCores.Count > 0 ? $" (processors {string.Join("; ", host.SharedCores)})" : "")}: each slows the other, by up to a half, and side channels are wider. Slots that are pinned (--pin-slots) use one processor of each.", "echo off > /sys/devices/system/cpu/smt/control")
        : new("smt", FindingSeverity.Good, "No two slots share a core.");

    private static SandboxFinding Governor(HostFacts host) => host.Governor switch
    {
        null => new("governor", FindingSeverity.Note, "No frequency governor is visible (usual in a virtual machine): whether the clock varies cannot be told."),
        "performance" => new("governor", FindingSeverity.Good, "The frequency governor is 'performance'."),
        var other => new("governor", FindingSeverity.Weakens, $"The frequency governor is '{other}': CPU times vary with the load.", "cpupower frequency-set -g performance"),
    };

    private static SandboxFinding Turbo(HostFacts host) => host.TurboOn switch
    {
        true => new("turbo", FindingSeverity.Note, "Turbo is on: the first of several busy cores runs faster than all of them together.", "echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo"),
        false => new("turbo", FindingSeverity.Good, "Turbo is off."),
        null => new("turbo", FindingSeverity.Note, "Whether turbo is on cannot be told here."),
    };

    private static SandboxFinding ClockSource(HostFacts host) => host.ClockSource is "tsc" or "kvm-clock" or "arch_sys_counter"
        ? new("clock", FindingSeverity.Good, $"Clock source {host.ClockSource}.")
        : new("clock", FindingSeverity.Weakens, $"Clock source {host.ClockSource}: reading the time is slow, which programs that do so pay for.", "echo tsc > /sys/devices/system/clocksource/clocksource0/current_clocksource");

    private static SandboxFinding CorePattern(HostFacts host) => host.CorePattern.StartsWith('|')
        ? new("core-pattern", FindingSeverity.Note, "Core dumps go to a program on the host. Cells never dump (their core limit is the one value that the kernel honours there).", "sysctl -w kernel.core_pattern=core")
        : new("core-pattern", FindingSeverity.Good, "Core dumps call no program of the host.");
}
