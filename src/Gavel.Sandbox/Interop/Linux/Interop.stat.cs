using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Sandbox.Interop.Linux;

internal static unsafe partial class Interop
{
    private const int AT_SYMLINK_NOFOLLOW = 0x100;
    private const uint STATX_CTIME = 0x80;

    /// <summary><c>struct statfs</c> of 64-bit systems.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 120)]
    private struct FileSystemStatus
    {
        public long Type;
        public long BlockSize;
        public ulong Blocks;
        public ulong FreeBlocks;
        public ulong AvailableBlocks;
        public ulong Files;
        public ulong FreeFiles;
    }

    /// <summary>The part of <c>struct statx</c> that is of interest.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(96)]
        public long ChangeSeconds;

        [FieldOffset(104)]
        public uint ChangeNanoseconds;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fstatfs(int fd, FileSystemStatus* status);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, FileStatus* status);

    /// <summary>Free blocks and inodes of a file's filesystem. fstatfs(2).</summary>
    internal static (ulong Blocks, ulong Inodes) FreeSpace(SafeFileHandle file)
    {
        FileSystemStatus status;
        return fstatfs(Fd(file), &status) == 0 ? (status.FreeBlocks, status.FreeFiles) : throw LinuxError.Last("fstatfs");
    }

    /// <summary>When a file's content or attributes last changed. statx(2), Linux 4.11.</summary>
    internal static (long Seconds, uint Nanoseconds) ChangeTime(SafeFileHandle folder, string name)
    {
        FileStatus status;
        return statx(Fd(folder), name, AT_SYMLINK_NOFOLLOW, STATX_CTIME, &status) == 0
            ? (status.ChangeSeconds, status.ChangeNanoseconds)
            : throw LinuxError.Last($"statx {name}");
    }
}
