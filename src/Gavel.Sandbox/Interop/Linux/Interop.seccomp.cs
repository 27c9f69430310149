using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Sandbox.Interop.Linux;

internal static unsafe partial class Interop
{
    private const ulong SECCOMP_IOCTL_NOTIF_RECV = 0xc0502100;
    private const ulong SECCOMP_IOCTL_NOTIF_SEND = 0xc0182101;

    /// <summary>struct seccomp_notif, seccomp_unotify(2).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct SystemCallNotice
    {
        public ulong Id;
        public uint Pid;
        public uint Flags;
        public int Number;
        public uint Architecture;
        public ulong InstructionPointer;
        public fixed ulong Arguments[6];
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct SystemCallAnswer
    {
        public ulong Id;
        public long Value;
        public int Error;
        public uint Flags;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int fd, ulong request, void* argument);

    /// <summary>Takes a refused system call from the listener. False when its caller has died meanwhile. seccomp_unotify(2), Linux 5.0.</summary>
    internal static bool TakeNotice(SafeFileHandle listener, out SystemCallNotice notice)
    {
        notice = default;
        fixed (SystemCallNotice* into = &notice)
            return ioctl(Fd(listener), SECCOMP_IOCTL_NOTIF_RECV, into) == 0;
    }

    /// <summary>Lets the caller of a refused system call go on with <paramref name="errno"/>.</summary>
    internal static void AnswerNotice(SafeFileHandle listener, ulong id, int errno)
    {
        var answer = new SystemCallAnswer { Id = id, Error = -errno };
        _ = ioctl(Fd(listener), SECCOMP_IOCTL_NOTIF_SEND, &answer);
    }
}
