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

    private CgroupSpace(string name, string[] parents, bool isV2)
        : this([.. parents.Select(parent => $"{parent}/{name}")], [.. parents.Select(parent => CgroupFolder.Claim(parent, name))], isV2)
    {
    }

    /// <summary>No cgroup at all: what remains is rlimits and watching.</summary>
    internal static readonly CgroupSpace None = new([], [], false);

    /// <summary>True where there is a cgroup to limit programs by.</summary>
    internal bool Limits => _folders.Length > 0;

    /// <summary>For those who are not root: a delegated cgroup of version 2, or <see cref="None"/>.</summary>
    internal static CgroupSpace ClaimDelegated()
    {
        try
        {
            var mounts = File.ReadAllText("/proc/self/mountinfo");
            return UnifiedParent.IsDelegated(mounts) ? ClaimUnified(mounts, $"{CgroupFolder.Prefix}{Guid.NewGuid():N}", delegated: true) : None;
        }
        catch (Exception refused) when (refused is SandboxException or IOException or UnauthorizedAccessException)
        {
            return None;
        }
    }

    /// <summary>Claims folders below the cgroups that this process lives in.</summary>
    /// <exception cref="SandboxException">A controller is not mounted or not ours to use.</exception>
    internal static CgroupSpace Claim()
    {
        var name = $"{CgroupFolder.Prefix}{Guid.NewGuid():N}";
        var mounts = File.ReadAllText("/proc/self/mountinfo");
        var isV2 = CgroupV1.Controllers.Any(controller => ControlText.MountPoint(mounts, controller) is null);
        return isV2 ? ClaimUnified(mounts, name, delegated: false) : new CgroupSpace(name, [.. CgroupV1.Controllers.Select(OwnFolder)], isV2: false);
    }

    private static CgroupSpace ClaimUnified(string mounts, string name, bool delegated)
    {
        var space = new CgroupSpace(name, [UnifiedParent.Find(mounts, delegated)], isV2: true);
        CgroupV2.EnableControllers(space._folders[0]);
        return space;
    }

    /// <summary>True on the unified hierarchy.</summary>
    internal bool IsV2 => _isV2;

    /// <summary>The folders of this sandbox, one per hierarchy.</summary>
    internal IReadOnlyList<string> Folders => _folders;

    /// <summary>Makes the cgroup of one more slot.</summary>
    /// <param name="user">The user outside that the slot's own processes run as.</param>
    /// <param name="oneUser">Programs run as that user too.</param>
    internal CellCgroup MakeSlot(uint user, bool oneUser = false)
    {
        if (!Limits)
            return new NoCgroup(oneUser);
        var number = Interlocked.Increment(ref _slots);
        var folders = _folders.Select(folder => $"{folder}/{number}").ToArray();
        try
        {
            foreach (var folder in folders)
                Directory.CreateDirectory(folder);
            return _isV2 ? new CgroupV2(folders[0], user) : new CgroupV1(folders, _swap);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException($"The cgroup {string.Join(", ", folders)} cannot be made.", refused);
        }
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
