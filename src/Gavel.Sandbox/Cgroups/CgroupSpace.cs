using Microsoft.Win32.SafeHandles;

namespace Gavel.Sandbox.Cgroups;

/// <summary>The part of the cgroup hierarchies that belongs to this sandbox: one folder per hierarchy, one folder per slot below.</summary>
internal sealed class CgroupSpace : IDisposable
{
    private readonly string[] _folders;
    private readonly SafeFileHandle[] _claims;
    private readonly bool _swap = File.Exists("/proc/swaps") && File.ReadLines("/proc/swaps").Skip(1).Any();
    private int _slots;

    private readonly bool _isV2;

    private CgroupSpace(string[] folders, SafeFileHandle[] claims, bool isV2) => (_folders, _claims, _isV2) = (folders, claims, isV2);

    /// <summary>Claims folders below the cgroups that this process lives in.</summary>
    /// <exception cref="SandboxException">A controller is not mounted or not ours to use.</exception>
    internal static CgroupSpace Claim()
    {
        var name = $"{CgroupFolder.Prefix}{Guid.NewGuid():N}";
        var mounts = File.ReadAllText("/proc/self/mountinfo");
        var isV2 = CgroupV1.Controllers.Any(controller => ControlText.MountPoint(mounts, controller) is null);
        string[] parents = isV2 ? [UnifiedParent.Find(mounts)] : [.. CgroupV1.Controllers.Select(OwnFolder)];
        var space = new CgroupSpace([.. parents.Select(parent => $"{parent}/{name}")], [.. parents.Select(parent => CgroupFolder.Claim(parent, name))], isV2);
        if (isV2)
            CgroupV2.EnableControllers(space._folders[0]);
        return space;
    }

    /// <summary>True on the unified hierarchy.</summary>
    internal bool IsV2 => _isV2;

    /// <summary>The folders of this sandbox, one per hierarchy.</summary>
    internal IReadOnlyList<string> Folders => _folders;

    /// <summary>Makes the cgroup of one more slot.</summary>
    /// <param name="user">The user outside that the slot's own processes run as.</param>
    internal CellCgroup MakeSlot(uint user)
    {
        var number = Interlocked.Increment(ref _slots);
        var folders = _folders.Select(folder => $"{folder}/{number}").ToArray();
        foreach (var folder in folders)
            Directory.CreateDirectory(folder);
        return _isV2 ? new CgroupV2(folders[0], user) : new CgroupV1(folders, _swap);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var folder in _folders)
            CgroupFolder.Clear(folder);
        foreach (var claim in _claims)
            claim.Dispose();
    }

    private static string OwnFolder(string controller)
    {
        var mount = ControlText.MountPoint(File.ReadAllText("/proc/self/mountinfo"), controller)
            ?? throw new SandboxException($"The cgroup controller {controller} is not mounted. Run `gavel doctor`.");
        var path = ControlText.OwnPath(File.ReadAllText("/proc/self/cgroup"), controller) ?? "/";
        var below = mount.Root != "/" && path.StartsWith(mount.Root, StringComparison.Ordinal) ? path[mount.Root.Length..] : path;
        return $"{mount.Point}{below}".TrimEnd('/');
    }
}
