using System.Globalization;
using System.Runtime.InteropServices;
using Gavel.Sandbox.Cgroups;

namespace Gavel.Sandbox.Diagnostics;

/// <summary>What <see cref="SandboxDiagnostics"/> judges, read in one place.</summary>
internal sealed record HostFacts
{
    internal bool IsX64 { get; init; } = true;

    internal Version Kernel { get; init; } = new(6, 1);

    internal bool HelperExists { get; init; } = true;

    internal bool IsRoot { get; init; } = true;

    internal string[] MissingV1Controllers { get; init; } = [];

    internal bool V1Writable { get; init; } = true;

    internal bool HasV2 { get; init; }

    internal bool V2IsDelegated { get; init; }

    internal long MaxUserNamespaces { get; init; } = 1000;

    internal bool AppArmorRestrictsUserNamespaces { get; init; }

    internal string SeccompActions { get; init; } = "user_notif";

    internal IReadOnlyList<string> V2Controllers { get; init; } = [];

    internal bool PeakCanBeReset { get; init; } = true;

    internal int LandlockVersion { get; init; } = 6;

    internal bool SwapIsOn { get; init; }

    internal int Overcommit { get; init; }

    internal int RandomizeVaSpace { get; init; } = 2;

    internal bool SmtActive { get; init; }

    internal IReadOnlyList<string> SharedCores { get; init; } = [];

    internal string? Governor { get; init; }

    internal bool? TurboOn { get; init; }

    internal string ClockSource { get; init; } = "tsc";

    internal string CorePattern { get; init; } = "core";

    /// <summary>Reads this host.</summary>
    internal static HostFacts Read()
    {
        var mounts = Text("/proc/self/mountinfo") ?? "";
        var missing = CgroupV1.Controllers.Where(controller => ControlText.MountPoint(mounts, controller) is null).ToArray();
        var unified = ControlText.MountPoint(mounts, "");
        return new()
        {
            IsX64 = RuntimeInformation.OSArchitecture is Architecture.X64,
            Kernel = Environment.OSVersion.Version,
            HelperExists = File.Exists(Path.Combine(AppContext.BaseDirectory, "gavel-cell")),
            IsRoot = Interop.Linux.Interop.geteuid() == 0,
            MissingV1Controllers = missing,
            V1Writable = missing.Length == 0 && !IsReadOnly(mounts, ControlText.MountPoint(mounts, "memory")!.Value.Point),
            HasV2 = unified is not null,
            V2IsDelegated = UnifiedParent.IsDelegated(mounts),
            V2Controllers = (Text($"{unified?.Point}/cgroup.controllers") ?? "").Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
            PeakCanBeReset = Environment.OSVersion.Version >= new Version(6, 12),
            MaxUserNamespaces = Number("/proc/sys/user/max_user_namespaces"),
            AppArmorRestrictsUserNamespaces = Number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == 1,
            SeccompActions = Text("/proc/sys/kernel/seccomp/actions_avail") ?? "",
            LandlockVersion = Interop.Linux.Interop.LandlockVersion(),
            SwapIsOn = (Text("/proc/swaps") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length > 1,
            Overcommit = (int)Number("/proc/sys/vm/overcommit_memory"),
            RandomizeVaSpace = (int)Number("/proc/sys/kernel/randomize_va_space"),
            SmtActive = Number("/sys/devices/system/cpu/smt/active") == 1,
            SharedCores = Cells.Processors.Shared,
            Governor = Text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")?.Trim(),
            TurboOn = Text("/sys/devices/system/cpu/intel_pstate/no_turbo")?.Trim() switch { "0" => true, "1" => false, _ => null },
            ClockSource = Text("/sys/devices/system/clocksource/clocksource0/current_clocksource")?.Trim() ?? "unknown",
            CorePattern = Text("/proc/sys/kernel/core_pattern") ?? "",
        };
    }

    private static bool IsReadOnly(string mountInfo, string point) =>
        mountInfo.Split('\n').Any(line => line.Split(' ') is { Length: > 5 } fields && fields[4] == point && fields[5].Split(',').Contains("ro"));

    private static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Number(string path) => long.TryParse(Text(path), CultureInfo.InvariantCulture, out var value) ? value : -1;
}
