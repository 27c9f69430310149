using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Sandbox.Cells;

/// <summary>What an open descriptor is.</summary>
internal static unsafe partial class FileTypes
{
    /// <summary>A link, FIFO, socket, device, or nothing that could be opened.</summary>
    internal const int Other = 0;

    /// <summary>A regular file.</summary>
    internal const int Regular = 0x8000;

    /// <summary>A folder.</summary>
    internal const int Folder = 0x4000;

    private const int AT_EMPTY_PATH = 0x1000;
    private const uint STATX_TYPE = 1;
    private const int ModeOffset = 28; // stx_mode in struct statx, the same on every architecture
    private const int StatxSize = 256;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int statx(int folder, byte* path, int flags, uint mask, byte* result);

    /// <summary>The type of an open file. statx(2), Linux 4.11.</summary>
    internal static int Of(SafeFileHandle file)
    {
        var result = stackalloc byte[StatxSize];
        byte empty = 0;
        return statx((int)file.DangerousGetHandle(), &empty, AT_EMPTY_PATH, STATX_TYPE, result) < 0
            ? Other
            : (*(ushort*)(result + ModeOffset) & 0xf000) switch { Regular => Regular, Folder => Folder, _ => Other };
    }
}
