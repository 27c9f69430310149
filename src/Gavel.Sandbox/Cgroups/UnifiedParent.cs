using Gavel.Sandbox.Interop.Linux;

namespace Gavel.Sandbox.Cgroups;

/// <summary>Where in the version 2 hierarchy this sandbox may put its folder.</summary>
internal static class UnifiedParent
{
    // Not a name that CgroupFolder.Prefix begins: what is called so and has no owner is killed.
    private const string Supervisor = "gavel.supervisor";
    private const int Attempts = 100;

    /// <summary>
    /// The root of the hierarchy where we see the real one and are not confined to what was delegated to us; else our own cgroup, after its processes
    /// (a container's, or those of a delegated service) moved into a leaf, because a cgroup that hands controllers down may not hold processes itself:
    /// "no internal processes" in cgroup-v2.rst.
    /// </summary>
    /// <exception cref="SandboxException">The hierarchy is missing, or not ours to use.</exception>
    internal static string Find(string mountInfo, bool delegated)
    {
        var mount = ControlText.MountPoint(mountInfo, "")
            ?? throw new SandboxException("No cgroup hierarchy is mounted. Run `gavel doctor`.");
        var path = ControlText.OwnPath(File.ReadAllText("/proc/self/cgroup"), "") ?? "/";

        // Only the real root has no type.
        var parent = delegated || File.Exists($"{mount.Point}/cgroup.type") ? $"{mount.Point}{path}".TrimEnd('/') : mount.Point;
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
            for (var attempt = 1; !Enabled(parent, isLast: attempt == Attempts); attempt++)
            {
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException(
                $"The controllers {string.Join(" and ", CgroupV2.Controllers)} are not ours to use in {parent} ({refused.Message}). " +
                "Start Gavel with a cgroup of its own: systemd-run --scope -p Delegate=yes gavel ...", refused);
        }
    }

    // Others than we may live in the cgroup, start children while theirs are moved, and end: then there is one more to move, or one fewer.
    private static bool Enabled(string parent, bool isLast)
    {
        try
        {
            if (File.Exists($"{parent}/cgroup.type") && File.ReadAllLines($"{parent}/cgroup.procs") is { Length: > 0 } processes)
                MoveProcesses(processes, $"{parent}/{Supervisor}");
            CgroupV2.EnableControllers(parent);
            return true;
        }
        catch (IOException changed) when (!isLast && changed.HResult is (LinuxError.ESRCH or LinuxError.EBUSY))
        {
            return false;
        }
    }

    private static void MoveProcesses(string[] processes, string leaf)
    {
        Directory.CreateDirectory(leaf);
        foreach (var process in processes)
            File.WriteAllText($"{leaf}/cgroup.procs", process);
    }
}
