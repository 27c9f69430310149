using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Sandbox.Interop.Linux;

internal static unsafe partial class Interop
{
    private const int AF_UNIX = 1;
    private const int SOCK_SEQPACKET = 5;
    private const int SOCK_CLOEXEC = 0x80000;
    private const int SOL_SOCKET = 1;
    private const int SCM_RIGHTS = 1;
    private const int SCM_CREDENTIALS = 2;
    private const int SO_PASSCRED = 16;
    private const int MSG_NOSIGNAL = 0x4000;
    private const int MSG_CMSG_CLOEXEC = 0x40000000;
    private const int ControlHeader = 16;

    [StructLayout(LayoutKind.Sequential)]
    private struct IoVector
    {
        public void* Base;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socketpair(int domain, int type, int protocol, int* pair);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setsockopt(int socket, int level, int name, int* value, uint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint sendmsg(int socket, MessageHeader* message, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recvmsg(int socket, MessageHeader* message, int flags);

    /// <summary>Two connected sequenced-packet sockets, close-on-exec. socketpair(2).</summary>
    internal static (SafeFileHandle Ours, SafeFileHandle Theirs) SocketPair()
    {
        var pair = stackalloc int[2];
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
            throw LinuxError.Last("socketpair");

        return (new SafeFileHandle(pair[0], ownsHandle: true), new SafeFileHandle(pair[1], ownsHandle: true));
    }

    /// <summary>Sends one packet with descriptors. False when the other side is gone. sendmsg(2), unix(7).</summary>
    internal static bool Send(SafeFileHandle socket, ReadOnlySpan<byte> packet, ReadOnlySpan<int> descriptors = default)
    {
        var control = stackalloc byte[ControlHeader + (8 * sizeof(int))];
        fixed (byte* data = packet)
        {
            var vector = new IoVector { Base = data, Length = (nuint)packet.Length };
            var message = new MessageHeader { Vectors = &vector, VectorCount = 1 };
            if (!descriptors.IsEmpty)
            {
                *(nuint*)control = (nuint)(ControlHeader + (descriptors.Length * sizeof(int)));
                ((int*)control)[2] = SOL_SOCKET;
                ((int*)control)[3] = SCM_RIGHTS;
                descriptors.CopyTo(new Span<int>(control + ControlHeader, 8));
                message.Control = control;
                message.ControlLength = (nuint)(ControlHeader + ((descriptors.Length * sizeof(int)) + 7 & ~7));
            }

            while (sendmsg(Fd(socket), &message, MSG_NOSIGNAL) < 0)
            {
                switch (Marshal.GetLastPInvokeError())
                {
                    case LinuxError.EINTR:
                        continue;
                    case LinuxError.EPIPE or LinuxError.ECONNRESET:
                        return false;
                    case var errno:
                        throw LinuxError.Of("sendmsg", errno);
                }
            }
        }

        return true;
    }

    /// <summary>Whether packets tell which process sent them. SO_PASSCRED, unix(7).</summary>
    internal static void NameSenders(SafeFileHandle socket, bool wanted)
    {
        var value = wanted ? 1 : 0;
        if (setsockopt(Fd(socket), SOL_SOCKET, SO_PASSCRED, &value, sizeof(int)) < 0)
            throw LinuxError.Last("SO_PASSCRED");
    }

    /// <summary>Receives one packet and at most one descriptor (-1 when none came). Returns 0 when the other side is gone. recvmsg(2).</summary>
    internal static int Receive(SafeFileHandle socket, Span<byte> packet, out int descriptor) => Receive(socket, packet, out descriptor, out _);

    /// <summary>As above, with the id of the process that sent the packet; 0 unless <see cref="NameSenders"/> asked for it.</summary>
    internal static int Receive(SafeFileHandle socket, Span<byte> packet, out int descriptor, out int sender)
    {
        const int Capacity = ControlHeader + 16 + ControlHeader + 8; // credentials (three numbers, padded) and one descriptor
        var control = stackalloc byte[Capacity];
        (descriptor, sender) = (-1, 0);
        fixed (byte* data = packet)
        {
            while (true)
            {
                var vector = new IoVector { Base = data, Length = (nuint)packet.Length };
                var message = new MessageHeader { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = Capacity };
                var length = recvmsg(Fd(socket), &message, MSG_CMSG_CLOEXEC);
                if (length >= 0)
                {
                    for (var part = control; part + ControlHeader + sizeof(int) <= control + message.ControlLength; part += *(nuint*)part + 7 & ~(nuint)7)
                    {
                        var value = *(int*)(part + ControlHeader);
                        if (((int*)part)[3] == SCM_RIGHTS)
                            descriptor = value;
                        else if (((int*)part)[3] == SCM_CREDENTIALS)
                            sender = value;
                    }

                    return (int)length;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case LinuxError.EINTR:
                        continue;
                    case LinuxError.ECONNRESET:
                        return 0;
                    case var errno:
                        throw LinuxError.Of("recvmsg", errno);
                }
            }
        }
    }

    /// <summary>The number behind a handle that its owner keeps open during the call.</summary>
    internal static int Fd(SafeFileHandle handle) => (int)handle.DangerousGetHandle();
}
