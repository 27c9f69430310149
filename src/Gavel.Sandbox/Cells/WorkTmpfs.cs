using Gavel.Sandbox.Interop.Linux;
using Microsoft.Win32.SafeHandles;
using static Gavel.Sandbox.Interop.Linux.Interop;

namespace Gavel.Sandbox.Cells;

/// <summary>
/// The tmpfs behind a cell's /w and /tmp, and how it was when it was new. Its two folders belong to root and are sticky, so whatever a program does in them
/// shows in the free blocks and inodes or in the time of their last change.
/// </summary>
internal sealed class WorkTmpfs : IDisposable
{
    private readonly SafeFileHandle _root;
    private readonly State _clean;

    private WorkTmpfs(SafeFileHandle root, SafeFileHandle folder) => (_root, Folder, _clean) = (root, folder, Look(root));

    /// <summary>/w, open.</summary>
    internal SafeFileHandle Folder { get; }

    /// <summary>True when it is not as it was when it was new.</summary>
    internal bool IsDirty => Look(_root) != _clean;

    /// <param name="root">The root of a new tmpfs, from init; becomes ours.</param>
    internal static WorkTmpfs Of(int root)
    {
        var handle = new SafeFileHandle(root, ownsHandle: true);
        return new(handle, OpenBeneath(handle, "w", O_RDONLY | O_DIRECTORY, 0, out var errno) ?? throw LinuxError.Of("open the work folder", errno));
    }

    /// <summary>Closes it: an open folder would keep the tmpfs, and its memory, alive.</summary>
    public void Dispose()
    {
        Folder.Dispose();
        _root.Dispose();
    }

    private static State Look(SafeFileHandle root)
    {
        var (blocks, inodes) = FreeSpace(root);
        return new(blocks, inodes, ChangeTime(root, "w"), ChangeTime(root, "tmp"));
    }

    private readonly record struct State(ulong FreeBlocks, ulong FreeInodes, (long Seconds, uint Nanoseconds) Work, (long Seconds, uint Nanoseconds) Temporary);
}
