using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Sandbox.Interop.Linux;

internal static unsafe partial class Interop
{
    internal const short POLLIN = 1;
    internal const short POLLOUT = 4;
    internal const short POLLERR = 8;
    internal const short POLLHUP = 16;

    internal const int O_RDONLY = 0;
    internal const int O_WRONLY = 1;
    internal const int O_RDWR = 2;
    internal const int O_CREAT = 0x40;
    internal const int O_EXCL = 0x80;
    internal const int O_NONBLOCK = 0x800;
    internal const int O_DIRECTORY = 0x10000;
    internal const int O_NOFOLLOW = 0x20000;
    internal const int O_CLOEXEC = 0x80000;
    internal const int O_PATH = 0x200000;

    private const int F_SETFL = 4;
    private const int F_ADD_SEALS = 1033;
    private const int AllSeals = 0xf; // SEAL, SHRINK, GROW, WRITE
    private const uint MFD_CLOEXEC = 1;
    private const uint MFD_ALLOW_SEALING = 2;
    private const int EFD_CLOEXEC = 0x80000;
    private const int EFD_NONBLOCK = 0x800;

    /// <summary>struct pollfd, poll(2).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        public int Fd;
        public short Events;
        public short Results;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int pipe2(int* ends, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int fd, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int fd, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint pread(int fd, byte* buffer, nuint count, long offset);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint pwrite(int fd, byte* buffer, nuint count, long offset);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ppoll(PollEntry* entries, nuint count, TimeSpec* timeout, void* mask);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int fd, int command, nint argument);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int eventfd(uint initial, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fchown(int fd, uint owner, uint group);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(int fd, int operation);

    /// <summary>A pipe, close-on-exec, blocking. pipe2(2).</summary>
    internal static (SafeFileHandle Read, SafeFileHandle Write) Pipe()
    {
        var ends = stackalloc int[2];
        if (pipe2(ends, O_CLOEXEC) < 0)
            throw LinuxError.Last("pipe2");

        return (new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true));
    }

    /// <summary>Makes this end, and only this end, of a pipe non-blocking. fcntl(2).</summary>
    internal static void SetNonBlocking(SafeFileHandle end)
    {
        if (fcntl(Fd(end), F_SETFL, O_NONBLOCK) < 0)
            throw LinuxError.Last("fcntl(F_SETFL)");
    }

    /// <summary>Reads. Returns the count, 0 at the end, -1 when nothing is there now. read(2).</summary>
    internal static int Read(SafeFileHandle fd, Span<byte> buffer)
    {
        fixed (byte* data = buffer)
        {
            while (true)
            {
                var count = read(Fd(fd), data, (nuint)buffer.Length);
                if (count >= 0)
                    return (int)count;

                switch (Marshal.GetLastPInvokeError())
                {
                    case LinuxError.EINTR:
                        continue;
                    case LinuxError.EAGAIN:
                        return -1;
                    case var errno:
                        throw LinuxError.Of("read", errno);
                }
            }
        }
    }

    /// <summary>Writes. Returns the count, 0 when there is no room now, -1 when the reader is gone. write(2).</summary>
    internal static int Write(SafeFileHandle fd, ReadOnlySpan<byte> buffer)
    {
        fixed (byte* data = buffer)
        {
            while (true)
            {
                var count = write(Fd(fd), data, (nuint)buffer.Length);
                if (count >= 0)
                    return (int)count;

                switch (Marshal.GetLastPInvokeError())
                {
                    case LinuxError.EINTR:
                        continue;
                    case LinuxError.EAGAIN:
                        return 0;
                    case LinuxError.EPIPE:
                        return -1;
                    case var errno:
                        throw LinuxError.Of("write", errno);
                }
            }
        }
    }

    /// <summary>Reads from the start of a control file that stays open. pread(2).</summary>
    internal static int ReadFromStart(SafeFileHandle fd, Span<byte> buffer)
    {
        fixed (byte* data = buffer)
            return (int)pread(Fd(fd), data, (nuint)buffer.Length, 0) is >= 0 and var count ? count : throw LinuxError.Last("pread");
    }

    /// <summary>Writes to the start of a control file that stays open. Returns 0 or errno. pwrite(2).</summary>
    internal static int WriteToStart(SafeFileHandle fd, ReadOnlySpan<byte> buffer)
    {
        fixed (byte* data = buffer)
            return pwrite(Fd(fd), data, (nuint)buffer.Length, 0) < 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    /// <summary>Waits for events, at most <paramref name="timeout"/>. Returns how many entries have results; 0 at a time-out or signal. ppoll(2).</summary>
    internal static int Poll(Span<PollEntry> entries, TimeSpan timeout)
    {
        var wait = new TimeSpec
        {
            Seconds = timeout.Ticks / TimeSpan.TicksPerSecond,
            Nanoseconds = timeout.Ticks % TimeSpan.TicksPerSecond * 100,
        };
        fixed (PollEntry* first = entries)
        {
            var ready = ppoll(first, (nuint)entries.Length, timeout == Timeout.InfiniteTimeSpan ? null : &wait, null);
            if (ready >= 0)
                return ready;

            return Marshal.GetLastPInvokeError() is LinuxError.EINTR ? 0 : throw LinuxError.Last("ppoll");
        }
    }

    /// <summary>An anonymous file that holds <paramref name="content"/> and can never be changed again. memfd_create(2), Linux 3.17.</summary>
    internal static SafeFileHandle SealedFile(ReadOnlySpan<byte> content)
    {
        var fd = memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
        if (fd < 0)
            throw LinuxError.Last("memfd_create");

        var handle = new SafeFileHandle(fd, ownsHandle: true);
        fixed (byte* data = content)
        {
            for (long at = 0; at < content.Length;)
            {
                var count = pwrite(fd, data + at, (nuint)(content.Length - at), at);
                if (count <= 0)
                    throw LinuxError.Last("pwrite");
                at += count;
            }
        }

        return fcntl(fd, F_ADD_SEALS, AllSeals) < 0 ? throw LinuxError.Last("fcntl(F_ADD_SEALS)") : handle;
    }

    /// <summary>An event that wakes a poll. eventfd(2).</summary>
    internal static SafeFileHandle EventFd() =>
        eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK) is >= 0 and var fd ? new SafeFileHandle(fd, ownsHandle: true) : throw LinuxError.Last("eventfd");

    /// <summary>Gives an open file to another user. fchown(2).</summary>
    internal static void ChangeOwner(SafeFileHandle file, uint id)
    {
        if (fchown(Fd(file), id, id) < 0)
            throw LinuxError.Last("fchown");
    }

    /// <summary>Opens a path, close-on-exec. open(2).</summary>
    internal static SafeFileHandle Open(string path, int flags, uint mode = 0) =>
        open(path, flags | O_CLOEXEC, mode) is >= 0 and var fd
            ? new SafeFileHandle(fd, ownsHandle: true)
            : throw LinuxError.Of($"open {path}", Marshal.GetLastPInvokeError());

    /// <summary>Takes an exclusive lock on an open file or folder. False when another holds it and <paramref name="wait"/> is false. flock(2).</summary>
    internal static bool Lock(SafeFileHandle file, bool wait)
    {
        const int LOCK_EX = 2;
        const int LOCK_NB = 4;
        while (flock(Fd(file), wait ? LOCK_EX : LOCK_EX | LOCK_NB) < 0)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case LinuxError.EINTR:
                    continue;
                case LinuxError.EAGAIN:
                    return false;
                case var errno:
                    throw LinuxError.Of("flock", errno);
            }
        }

        return true;
    }
}
