using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Sandbox.Interop.Linux;

internal static unsafe partial class Interop
{
    internal const int SIGKILL = 9;
    private const int SYS_pidfd_send_signal = 424;
    private const int SpawnActionsSize = 256; // posix_spawn_file_actions_t is 80 bytes in glibc, 8 in musl

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn(int* pid, string path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(void* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_adddup2(void* actions, int from, int to);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(void* actions);

    private const int AffinityWords = 128;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int sched_setaffinity(int pid, nuint size, ulong* mask);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int sched_getaffinity(int pid, nuint size, ulong* mask);

    /// <summary>The processor that the calling thread runs on. sched_getcpu(3).</summary>
    [LibraryImport("libc", EntryPoint = "sched_getcpu")]
    internal static partial int CurrentProcessor();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitpid(int pid, int* status, int options);

    [LibraryImport("libc")]
    internal static partial uint geteuid();

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int access(string path, int mode);

    /// <summary>Keeps a process (0: the calling thread) on one processor; false when it may not be moved. sched_setaffinity(2).</summary>
    internal static bool KeepOn(int pid, int processor)
    {
        if (processor is < 0 or >= AffinityWords * 64)
            return false;
        Span<ulong> mask = stackalloc ulong[AffinityWords];
        mask.Clear();
        mask[processor / 64] = 1UL << (processor % 64);
        return KeepOn(pid, mask);
    }

    /// <summary>Keeps a process (0: the calling thread) on the processors whose bits are set.</summary>
    internal static bool KeepOn(int pid, ReadOnlySpan<ulong> processors)
    {
        fixed (ulong* mask = processors)
            return sched_setaffinity(pid, (nuint)(processors.Length * sizeof(ulong)), mask) == 0;
    }

    /// <summary>The processors that the calling thread may run on, a bit each; empty when the kernel does not tell. sched_getaffinity(2).</summary>
    internal static ulong[] AllowedProcessors()
    {
        var words = new ulong[AffinityWords];
        fixed (ulong* mask = words)
            return sched_getaffinity(0, AffinityWords * sizeof(ulong), mask) < 0 ? [] : words;
    }

    /// <summary>True when the file may be written to. access(2).</summary>
    internal static bool MayWrite(string path) => access(path, 2) == 0;

    [LibraryImport("libc")]
    internal static partial uint getegid();

    /// <summary>
    /// Starts a program with <paramref name="control"/> as descriptor 3 and an empty environment. The runtime is never forked:
    /// posix_spawn(3) shares our memory until exec.
    /// </summary>
    internal static int Spawn(string path, string argument, SafeFileHandle control)
    {
        var actions = stackalloc byte[SpawnActionsSize];
        var name = Marshal.StringToCoTaskMemUTF8(path);
        var first = Marshal.StringToCoTaskMemUTF8(argument);
        var arguments = stackalloc byte*[] { (byte*)name, (byte*)first, null };
        var environment = stackalloc byte*[] { null };
        int pid;
        _ = posix_spawn_file_actions_init(actions);
        try
        {
            _ = posix_spawn_file_actions_adddup2(actions, Fd(control), 3);
            var errno = posix_spawn(&pid, path, actions, null, arguments, environment);
            return errno == 0 ? pid : throw LinuxError.Of($"posix_spawn {path}", errno);
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            Marshal.FreeCoTaskMem(name);
            Marshal.FreeCoTaskMem(first);
        }
    }

    /// <summary>Runs a program to its end with our own standard streams; returns its wait status. For measurements.</summary>
    internal static int SpawnAndWait(string[] command)
    {
        var strings = new nint[command.Length + 1];
        for (var index = 0; index < command.Length; index++)
            strings[index] = Marshal.StringToCoTaskMemUTF8(command[index]);
        try
        {
            int pid, status;
            byte* none = null;
            fixed (nint* arguments = strings)
            {
                var errno = posix_spawn(&pid, command[0], null, null, (byte**)arguments, &none);
                if (errno != 0)
                    throw LinuxError.Of($"posix_spawn {command[0]}", errno);
            }

            while (waitpid(pid, &status, 0) < 0 && Marshal.GetLastPInvokeError() is LinuxError.EINTR)
            {
            }

            return status;
        }
        finally
        {
            foreach (var text in strings)
                Marshal.FreeCoTaskMem(text);
        }
    }

    /// <summary>Waits until a child of ours has ended. waitpid(2).</summary>
    internal static void WaitForExit(int pid)
    {
        int status;
        while (waitpid(pid, &status, 0) < 0 && Marshal.GetLastPInvokeError() is LinuxError.EINTR)
        {
        }
    }

    /// <summary>Kills the process behind a pidfd; nothing when it is gone. pidfd_send_signal(2), Linux 5.1.</summary>
    internal static void Kill(SafeFileHandle process) => _ = syscall(SYS_pidfd_send_signal, Fd(process), (void*)SIGKILL, 0, null, 0);
}
