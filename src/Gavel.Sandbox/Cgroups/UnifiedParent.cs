namespace Gavel.Sandbox.Cgroups;

/// <summary>Where in the version 2 hierarchy this sandbox may put its folder.</summary>
internal static class UnifiedParent
{
    private const string Supervisor = "gavel-supervisor";

    /// <summary>
    /// The root of the hierarchy where we see the real one; else our own cgroup, after its processes (a container's, or those of a delegated service)
    /// moved into a leaf, because a cgroup that hands controllers down may not hold processes itself: "no internal processes" in cgroup-v2.rst.
    /// </summary>
    /// <exception cref="SandboxException">The hierarchy is missing, or not ours to use.</exception>
    internal static string Find(string mountInfo)
    {
        var mount = ControlText.MountPoint(mountInfo, "")
            ?? throw new SandboxException("No cgroup hierarchy is mounted. Run `gavel doctor`.");
        var path = ControlText.OwnPath(File.ReadAllText("/proc/self/cgroup"), "") ?? "/";

        // Only the real root has no type.
        var parent = File.Exists($"{mount.Point}/cgroup.type") ? $"{mount.Point}{path}".TrimEnd('/') : mount.Point;
        if (Path.GetFileName(parent) == Supervisor)
            parent = Path.GetDirectoryName(parent)!;
        HandDown(parent);
        return parent;
    }

    /// <summary>True when our own cgroup was given to us, with the controllers that a slot needs.</summary>
    internal static bool IsDelegated(string mountInfo) =>
        ControlText.MountPoint(mountInfo, "") is { } mount && ControlText.OwnPath(File.ReadAllText("/proc/self/cgroup"), "") is { } path
        && File.Exists($"{mount.Point}{path}/cgroup.type")
        && CgroupV2.Controllers.All(File.ReadAllText($"{mount.Point}{path}/cgroup.controllers").Split([' ', '\n']).Contains)
        && Interop.Linux.Interop.MayWrite($"{mount.Point}{path}/cgroup.procs");

    private static void HandDown(string parent)
    {
        try
        {
            var present = File.ReadAllText($"{parent}/cgroup.subtree_control").Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            if (CgroupV2.Controllers.All(present.Contains))
                return;
            if (File.Exists($"{parent}/cgroup.type") && File.ReadAllText($"{parent}/cgroup.procs").Length > 0)
                MoveProcesses(parent);
            CgroupV2.EnableControllers(parent);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException(
                $"The controllers {string.Join(" and ", CgroupV2.Controllers)} are not ours to use in {parent} ({refused.Message}). " +
                "Start Gavel with a cgroup of its own: systemd-run --scope -p Delegate=yes gavel ...", refused);
        }
    }

    private static void MoveProcesses(string parent)
    {
        Directory.CreateDirectory($"{parent}/{Supervisor}");
        foreach (var process in File.ReadAllLines($"{parent}/cgroup.procs"))
            File.WriteAllText($"{parent}/{Supervisor}/cgroup.procs", process);
    }
}
