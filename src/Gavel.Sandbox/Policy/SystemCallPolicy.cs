using Gavel.Sandbox.Interop.Linux;
using static Gavel.Sandbox.Policy.FilterProgram;

namespace Gavel.Sandbox.Policy;

/// <summary>
/// What programs may ask the kernel for. Four answers: allowed; refused and counted, for what only an attack does; refused quietly, for what
/// ordinary runtimes try and do without; and success without doing anything, for what a cell has no use for but others would feel. A call that this list
/// does not know is answered with ENOSYS, as an older kernel would.
/// </summary>
internal static class SystemCallPolicy
{
    private const int EPERM = LinuxError.EPERM;
    private const int ENOSYS = 38;
    private const int EINVAL = 22;
    private const int ENOTTY = 25;
    private const int ENOPROTOOPT = 92;
    private const int EPROTONOSUPPORT = 93;
    private const int ESOCKTNOSUPPORT = 94;
    private const int EAFNOSUPPORT = 97;
    private const uint NewNamespaces = 0x7e020000; // CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET}

    // Only an attack does these: other processes' memory, the kernel's own programs and keys, mounts, namespaces, devices, clocks, modules.
    private const string Refused =
        """
        ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd bpf perf_event_open userfaultfd lookup_dcookie
        add_key request_key keyctl mount umount2 pivot_root chroot open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr setns
        swapon swapoff reboot kexec_load kexec_file_load init_module finit_module delete_module create_module get_kernel_syms query_module
        iopl ioperm sethostname setdomainname settimeofday clock_settime adjtimex clock_adjtime acct quotactl quotactl_fd syslog vhangup
        open_by_handle_at uselib ustat nfsservctl modify_ldt _sysctl setfsuid setfsgid
        """;

    // Programs try these and fall back; or they would leave something behind that outlives a process (System V and POSIX queues), show what others do
    // with the files that all cells share (inotify), or take from what the whole host has once (asynchronous I/O, room for compiled filters).
    private const string Absent =
        """
        clone3 io_uring_setup io_uring_enter io_uring_register memfd_secret fanotify_init fanotify_mark name_to_handle_at
        shmget shmat shmctl shmdt semget semop semctl semtimedop msgget msgsnd msgrcv msgctl
        mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr
        landlock_create_ruleset landlock_add_rule epoll_ctl_old epoll_wait_old getpmsg putpmsg afs_syscall tuxcall security vserver sysfs
        migrate_pages move_pages set_mempolicy_home_node
        inotify_init inotify_init1 inotify_add_watch inotify_rm_watch io_setup io_destroy io_getevents io_submit io_cancel io_pgetevents seccomp
        """;

    // Toolchains and inputs are the same files in all cells, and a read-only mount does not keep a program from locking them against others (who then fail
    // to compile), from dropping them out of the cache, or from having the host's disks flushed. What a cell can write is memory, seen by one submission.
    private const string Pretended = "flock fadvise64 sync syncfs fsync fdatasync sync_file_range";

    private static readonly Rule.Always Allowed = new(Allow);
    private static readonly Rule.Always Counted = new(Notify);

    /// <summary>The filter for x86-64. Static fields are initialised in textual order, so it stays below the actions.</summary>
    internal static byte[] Filter { get; } = Assemble(Rules(), Fail(ENOSYS));

    /// <summary>
    /// The filter for programs that share their user with the runner and with Gavel: nobody else's limits are theirs to set, and files of their own user
    /// are not theirs to drop from the cache (MADV_PAGEOUT).
    /// </summary>
    internal static byte[] OneUserFilter { get; } = Assemble(
        new Dictionary<int, Rule>(Rules())
        {
            [SystemCalls.Numbers["prlimit64"]] = new Rule.Switch(0, uint.MaxValue, [(0, Allowed)], Refuse(EPERM)),
            [SystemCalls.Numbers["madvise"]] = new Rule.Switch(2, uint.MaxValue, [(21, Refuse(0))], Allowed),
        },
        Fail(ENOSYS));

    /// <summary>A filter that allows everything, for tests of the other layers.</summary>
    internal static byte[] NoFilter { get; } = Assemble(new Dictionary<int, Rule> { [0] = Allowed }, Allow);

    /// <summary>The rules by system call number.</summary>
    internal static Dictionary<int, Rule> Rules()
    {
        var rules = SystemCalls.Numbers.Values.ToDictionary(number => number, _ => (Rule)Allowed);
        foreach (var name in Words(Refused))
            rules[SystemCalls.Numbers[name]] = Counted;
        foreach (var name in Words(Absent))
            rules[SystemCalls.Numbers[name]] = Refuse(ENOSYS);
        foreach (var name in Words(Pretended))
            rules[SystemCalls.Numbers[name]] = Refuse(0);

        // PR_SET_SECCOMP, as above; PR_SCHED_CORE would keep everybody else off the other half of our core.
        rules[SystemCalls.Numbers["prctl"]] = new Rule.Switch(0, uint.MaxValue, [(22, Refuse(EINVAL)), (62, Refuse(EINVAL))], Allowed);

        // F_SETLEASE makes others wait who open the file; F_NOTIFY is what inotify was before.
        rules[SystemCalls.Numbers["fcntl"]] = new Rule.Switch(1, uint.MaxValue, [(1024, Refuse(EINVAL)), (1026, Refuse(EINVAL))], Allowed);

        // SO_ATTACH_FILTER, _BPF, _REUSEPORT_CBPF, _REUSEPORT_EBPF at SOL_SOCKET: the kernel's room for compiled filters is the host's, and cells need it.
        rules[SystemCalls.Numbers["setsockopt"]] = new Rule.Switch(
            1, uint.MaxValue, [(1, new Rule.Switch(2, uint.MaxValue, [.. ((uint[])[26, 50, 51, 52]).Select(option => (option, (Rule)Refuse(ENOPROTOOPT)))], Allowed))], Allowed);

        rules[SystemCalls.Numbers["clone"]] = new Rule.AnyBit(0, NewNamespaces, Notify, Allow);
        rules[SystemCalls.Numbers["unshare"]] = new Rule.AnyBit(0, NewNamespaces | 0x80, Notify, Allow);
        rules[SystemCalls.Numbers["socket"]] = Sockets;
        rules[SystemCalls.Numbers["socketpair"]] = Sockets;

        rules[SystemCalls.Numbers["ioctl"]] = new Rule.Switch(1, uint.MaxValue, [.. Requests], Allowed);

        // Asking for the present personality is harmless; changing it switches address randomisation off or the machine to 32 bits.
        rules[SystemCalls.Numbers["personality"]] =
            new Rule.Switch(0, uint.MaxValue, [(0, Allowed), (uint.MaxValue, Allowed)], Refuse(EPERM));

        var root = new Rule.Switch(0, uint.MaxValue, [(0, Counted)], Allowed);
        var effectiveRoot = new Rule.Switch(1, uint.MaxValue, [(0, Counted)], root);
        rules[SystemCalls.Numbers["setuid"]] = root;
        rules[SystemCalls.Numbers["setgid"]] = root;
        foreach (var name in Words("setreuid setregid setresuid setresgid"))
            rules[SystemCalls.Numbers[name]] = effectiveRoot;
        return rules;
    }

    // TIOCSTI and TIOCLINUX push characters into a terminal. For SIOC{G,S}IFBR, SIOCBR{ADD,DEL}BR, SIOC{G,S}IFVLAN and SIOC{ADD,DEL}DLCI the kernel loads a
    // module before it asks for a right. BTRFS_IOC_{WAIT_SYNC,START_SYNC,SYNC} are syncfs by another name.
    private static IEnumerable<(uint, Rule)> Requests =>
    [
        .. ((uint[])[0x5412, 0x541c]).Select(request => (request, (Rule)Counted)),
        .. ((uint[])[0x8940, 0x8941, 0x89a0, 0x89a1, 0x8982, 0x8983, 0x8980, 0x8981]).Select(request => (request, (Rule)Refuse(ENOTTY))),
        .. ((uint[])[0x40089416, 0x80089418, 0x9408]).Select(request => (request, (Rule)Refuse(0))),
    ];

    /// <summary>How a refused act is named in a report.</summary>
    internal static string Describe(in Interop.Linux.Interop.SystemCallNotice notice) => notice switch
    {
        { Architecture: not SystemCalls.Architecture } => "32-bit system call",
        { Number: >= (int)SystemCalls.X32Bit } => "x32 system call",
        _ => SystemCalls.Name(notice.Number),
    };

    // Unix and IP sockets lead nowhere: the network namespace is empty and its loopback is down. Netlink is asked for by name look-ups.
    // Everything else (packet, vsock, alg, ...) is not bound to the network namespace or has no honest use.
    private static Rule Sockets => new Rule.Switch(
        0,
        uint.MaxValue,
        [(1, Allowed), (2, Internet), (10, Internet), (16, Refuse(EAFNOSUPPORT))],
        Counted);

    // TCP and UDP; raw sockets are what attacks ask for. Whatever else is asked for (SCTP, DCCP, MPTCP) would have the host load a module for it.
    private static Rule Internet => new Rule.Switch(1, 0xf, [(1, Protocol(6)), (2, Protocol(17)), (3, Counted)], Refuse(ESOCKTNOSUPPORT));

    private static Rule.Switch Protocol(uint usual) => new Rule.Switch(2, uint.MaxValue, [(0, Allowed), (usual, Allowed)], Refuse(EPROTONOSUPPORT));

    private static Rule.Always Refuse(int errno) => new Rule.Always(Fail(errno));

    private static string[] Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
