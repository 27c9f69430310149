using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Blobs;

/// <summary>Opens a folder for fsync, which FileStream refuses to do.</summary>
internal static partial class FolderHandle
{
    private const int O_RDONLY = 0;
    private const int O_DIRECTORY = 0x10000; // arm64: 0x4000
    private const int O_CLOEXEC = 0x80000;

    /// <summary>open(2) with O_DIRECTORY.</summary>
    /// <exception cref="IOException">The folder cannot be opened.</exception>
    public static SafeFileHandle Open(string folder)
    {
        var directory = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : O_DIRECTORY;
        var descriptor = open(folder, O_RDONLY | directory | O_CLOEXEC);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException($"open({folder}) failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);
}
