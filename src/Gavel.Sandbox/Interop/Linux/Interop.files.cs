using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Sandbox.Interop.Linux;

internal static unsafe partial class Interop
{
    private const int SYS_open_tree = 428;
    private const int SYS_openat2 = 437;
    private const int SYS_mount_setattr = 442;
    private const int AT_FDCWD = -100;
    private const int AT_EMPTY_PATH = 0x1000;
    private const int AT_RECURSIVE = 0x8000;
    private const int OPEN_TREE_CLONE = 1;
    private const int OPEN_TREE_CLOEXEC = 0x80000;

    // RESOLVE_NO_XDEV | NO_MAGICLINKS | NO_SYMLINKS | BENEATH: what a program left behind must not lead anywhere else.
    private const ulong StayInside = 0x01 | 0x02 | 0x04 | 0x08;

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct MountAttributes
    {
        public ulong Set;
        public ulong Clear;
        public ulong Propagation;
        public ulong UserNamespace;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint a, void* b, nint c, void* d, nint e);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkdirat(int folder, string path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fchmod(int fd, uint mode);

    /// <summary>
    /// Opens <paramref name="path"/> below <paramref name="folder"/> without following any link or leaving the folder's filesystem.
    /// Returns null and the errno when that is not possible. openat2(2), Linux 5.6.
    /// </summary>
    internal static SafeFileHandle? OpenBeneath(SafeFileHandle folder, string path, int flags, uint mode, out int errno)
    {
        var how = new OpenHow { Flags = (ulong)(uint)(flags | O_CLOEXEC | O_NOFOLLOW), Mode = mode, Resolve = StayInside };
        var name = Marshal.StringToCoTaskMemUTF8(path);
        try
        {
            var fd = (int)syscall(SYS_openat2, Fd(folder), (void*)name, (nint)(&how), (void*)sizeof(OpenHow), 0);
            errno = fd < 0 ? Marshal.GetLastPInvokeError() : 0;
            return fd < 0 ? null : new SafeFileHandle(fd, ownsHandle: true);
        }
        finally
        {
            Marshal.FreeCoTaskMem(name);
        }
    }

    /// <summary>Makes one folder in an open folder; it may exist already. mkdirat(2).</summary>
    internal static void MakeFolder(SafeFileHandle folder, string name, uint mode)
    {
        const int EEXIST = 17;
        if (mkdirat(Fd(folder), name, mode) < 0 && Marshal.GetLastPInvokeError() is not EEXIST)
            throw LinuxError.Last($"mkdir {name}");
    }

    /// <summary>Sets the mode bits of an open file, whatever the umask. fchmod(2).</summary>
    internal static void ChangeMode(SafeFileHandle file, uint mode)
    {
        if (fchmod(Fd(file), mode) < 0)
            throw LinuxError.Last("fchmod");
    }

    /// <summary>The Landlock version of the kernel; 0 without Landlock. landlock_create_ruleset(2).</summary>
    internal static int LandlockVersion()
    {
        const int SYS_landlock_create_ruleset = 444;
        return Math.Max(0, (int)syscall(SYS_landlock_create_ruleset, 0, null, 1, null, 0));
    }

    /// <summary>
    /// A detached copy of the mount at <paramref name="path"/>: read-only, no set-user-id, no devices. Made with our rights, so that a cell can show
    /// a folder whose parents only we may enter. open_tree(2), mount_setattr(2), Linux 5.12.
    /// </summary>
    internal static SafeFileHandle DetachedReadOnlyMount(string path)
    {
        var name = Marshal.StringToCoTaskMemUTF8(path);
        try
        {
            var fd = (int)syscall(SYS_open_tree, AT_FDCWD, (void*)name, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE, null, 0);
            if (fd < 0)
                throw LinuxError.Last($"open_tree {path}");

            var tree = new SafeFileHandle(fd, ownsHandle: true);
            var attributes = new MountAttributes { Set = 1 | 2 | 4 }; // RDONLY, NOSUID, NODEV
            ReadOnlySpan<byte> empty = [0];
            fixed (byte* here = empty)
            {
                if (syscall(SYS_mount_setattr, fd, here, AT_EMPTY_PATH | AT_RECURSIVE, &attributes, sizeof(MountAttributes)) < 0)
                    throw LinuxError.Last($"mount_setattr {path}");
            }

            return tree;
        }
        finally
        {
            Marshal.FreeCoTaskMem(name);
        }
    }
}
