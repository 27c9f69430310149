using static Gavel.Sandbox.TerminationCause;

namespace Gavel.Sandbox.Tests.Attacks;

/// <summary>Every attack. To add one: a function in tests/Gavel.Sandbox.Guest (or a script here) and a line in this table.</summary>
public static partial class AttackTable
{
    private static readonly TerminationCause[] Ends = [Exited];
    private static readonly TerminationCause[] Signal = [Signalled];
    private static readonly TerminationCause[] Time = [CpuLimit, WallLimit];
    private static readonly TerminationCause[] Cpu = [CpuLimit];
    private static readonly TerminationCause[] Wall = [WallLimit];
    private static readonly TerminationCause[] Memory = [MemoryLimit];
    private static readonly TerminationCause[] Output = [OutputLimit];

    /// <summary>All of them.</summary>
    public static IEnumerable<Attack> All => [.. Processes, .. CpuTime, .. MemoryUse, .. Outputs, .. Files, .. Kernel, .. Network, .. Privilege, .. Others, .. Scripts];

    private static IEnumerable<Attack> Processes =>
    [
        new("fork_bomb", Time),
        new("fork_bomb_ignoring_signals", Time),
        new("fork_bomb_that_stops_itself", Time),
        new("vfork_bomb", Time),
        new("clone_bomb", Time),
        new("clone_parent_bomb", Time),
        new("thread_bomb", Time),
        new("exec_loop", Cpu),
        new("fork_exec_chain", [Exited, CpuLimit, WallLimit]),
        new("zombies", [Exited, ProcessLimit, CpuLimit]) { ExitCode = null },
        new("orphans_in_sequence", Ends) { Says = "fine", Limits = Attack.Patient },
        new("double_fork_daemon", Ends),
        new("daemon_holding_output", Ends),
        new("daemon_with_clone_untraced", Ends),
        new("daemon_that_ignores_everything", Ends),
        new("own_subreaper", Ends),
        new("kill_everybody", Ends) { Says = "still here" },
        new("kill_init", Ends),
        new("kill_runner", Ends),
        new("kill_group", Signal) { Signal = 9 },
        new("stop_self", Wall),
        new("kill_self", Signal) { Signal = 9 },
        new("guess_pids", Ends) { Limits = Attack.Patient },
        new("raise_abort", Signal) { Signal = 6 },
        new("segfault", Signal) { Signal = 11 },
        new("division", Signal) { Signal = 8 },
        new("broken_pipe", Signal) { Signal = 13 },
    ];

    private static IEnumerable<Attack> CpuTime =>
    [
        new("cpu_spin", Cpu),
        new("cpu_threads", Cpu),
        new("cpu_children", Cpu),
        new("cpu_forgotten_child", Cpu),
        new("cpu_sequence_of_children", Time),
        new("cpu_sigxcpu_caught", Cpu),
        new("cpu_in_signal_handler", Cpu),
        new("cpu_in_the_kernel_by_reading", Cpu),
        new("cpu_in_the_kernel_by_faults", Cpu),
        new("cpu_limits_raised", Cpu),
        new("sleep_long", Wall),
        new("sleep_in_children", Wall),
        new("sleep_on_futex", Wall),
        new("deadlocked_pipe", Wall),
        new("timers_left", Ends),
    ];

    private static IEnumerable<Attack> MemoryUse =>
    [
        new("memory_malloc", Memory) { Limits = Attack.Patient },
        new("memory_private", Memory) { Limits = Attack.Patient },
        new("memory_shared", Memory) { Limits = Attack.Patient },
        new("memory_huge_pages", Memory) { Limits = Attack.Patient },
        new("memory_reserved_only", Ends) { Says = "1" },
        new("memory_memfd", Memory) { Limits = Attack.Patient with { FileSizeBytes = 1L << 30 } },
        new("memory_memfd_written", [MemoryLimit, OutputLimit]) { Limits = Attack.Patient },
        new("memory_locked", Ends),
        new("memory_children", Memory) { Limits = Attack.Patient },
        new("memory_copied_on_write", Memory) { Limits = Attack.Patient },
        new("memory_page_tables", Memory) { Limits = Attack.Patient },
        new("memory_pipes", [Exited, MemoryLimit]) { Limits = Attack.Patient },
        new("memory_sockets", [Exited, MemoryLimit]) { Limits = Attack.Patient },
        new("stack_within", Ends) { Says = "1" },
        new("stack_beyond", Signal) { Signal = 11, Limits = Attack.Patient with { StackBytes = 8 << 20 } },
        new("stack_beyond", [MemoryLimit, Signalled]) { Limits = Attack.Patient },
        new("memory_fill_tmp", Output) { Limits = Attack.Patient },
        new("memory_fill_tmp", Memory) { Limits = Attack.Patient with { FileSizeBytes = 1L << 30, WorkFolderBytes = 1L << 30 } },
        new("memory_fill_tmp", Ends) { Limits = Attack.Patient with { FileSizeBytes = 1L << 30 }, Says = "No space left" },
        new("memory_read_large_file", Ends) { Limits = Attack.Patient, Says = "done" },
        new("sysv_shared_memory", Ends),
        new("sysv_semaphores", Ends),
        new("sysv_messages", Ends),
        new("posix_queue", Ends),
        new("posix_shared_memory", Ends) { Says = "made" },
    ];

    private static IEnumerable<Attack> Outputs =>
    [
        new("output_endless", Output),
        new("output_endless_errors", Time),
        new("output_endless_errors", Output) { Limits = Attack.Small with { TruncateErrorOutput = false } },
        new("output_one_byte_writes", [OutputLimit, CpuLimit, WallLimit]),
        new("output_one_line", Output),
        new("output_closed", Ends),
        new("output_by_children_after_exit", Ends) { Says = "early" },
        new("output_end_sent_away", Ends) { Says = "sent" },
        new("file_endless", Output) { Limits = Attack.Patient },
        new("file_sparse", Output),
        new("files_many", Ends) { Says = "the limit", Limits = Attack.Patient },
        new("files_deep", Ends) { Limits = Attack.Patient },
        new("files_unlinked_but_open", Ends) { Limits = Attack.Patient },
        new("descriptors_many", Ends),
        new("core_dump", Signal) { Signal = 6 },
    ];

    private static IEnumerable<Attack> Files =>
    [
        new("read_secrets", Ends),
        new("read_process_one", Ends),
        new("write_proc", Ends),
        new("read_devices", Ends),
        new("make_devices", Ends),
        new("write_toolchain", Ends),
        new("change_work_folder", Ends),
        new("overwrite_own_executable", Ends),
        new("overwrite_runner_executable", Ends),
        new("links_out", Ends),
        new("inherited_descriptors", Ends, "ioctl"),
        new("reopen_input_for_writing", Ends),
        new("leave_the_root", Ends, "chroot"),
        new("set_user_id_binary", Ends) { Says = "same user" },
    ];

    private static IEnumerable<Attack> Kernel =>
    [
        new("k_ptrace", Ends, "ptrace"),
        new("k_process_memory", Ends, "process_vm_readv", "process_vm_writev"),
        new("k_bpf", Ends, "bpf"),
        new("k_perf", Ends, "perf_event_open"),
        new("k_userfaultfd", Ends, "userfaultfd"),
        new("k_io_uring", Ends),
        new("k_keys", Ends, "add_key", "keyctl", "request_key"),
        new("k_mount", Ends, "mount", "umount2"),
        new("k_new_mount_api", Ends, "fsopen", "mount_setattr", "move_mount", "open_tree"),
        new("k_unshare", Ends, "unshare"),
        new("k_clone_namespaces", Ends, "clone"),
        new("k_clone3", Ends),
        new("k_clone3_namespaces", Ends),
        new("k_setns", Ends, "setns"),
        new("k_pivot_root", Ends, "pivot_root"),
        new("k_personality", Ends),
        new("k_kexec", Ends, "kexec_load", "reboot"),
        new("k_modules", Ends, "delete_module", "finit_module", "init_module"),
        new("k_ports", Ends, "ioperm", "iopl"),
        new("k_ldt", Ends, "modify_ldt"),
        new("k_32_bit", Ends, "32-bit system call"),
        new("k_x32", Ends, "x32 system call"),
        new("k_unknown", Ends, "system call -1") { ExitCode = null },
        new("k_clock", Ends, "clock_settime", "settimeofday"),
        new("k_names", Ends, "setdomainname", "sethostname"),
        new("k_swap_quota_acct", Ends, "acct", "quotactl", "swapon"),
        new("k_kernel_log", Ends, "syslog"),
        new("k_file_handles", Ends, "open_by_handle_at"),
        new("k_descriptors_of_others", Ends, "kcmp", "pidfd_getfd"),
        new("k_signal_by_pidfd", Ends),
        new("k_fanotify", Ends),
        new("k_secret_memory", Ends),
        new("k_terminal", Ends, "ioctl"),
        new("k_limits_of_others", Ends),
        new("k_priority_of_others", Ends),
    ];

    private static IEnumerable<Attack> Network =>
    [
        new("n_raw", Ends, "socket"),
        new("n_packet", Ends, "socket"),
        new("n_vsock", Ends, "socket"),
        new("n_alg", Ends, "socket"),
        new("n_netlink", Ends),
        new("n_other_families", Ends, "socket"),
        new("n_loopback_database", Ends),
        new("n_internet", Ends),
        new("n_metadata_service", Ends),
        new("n_listen", Ends),
        new("n_abstract_left_behind", Ends),
    ];

    private static IEnumerable<Attack> Privilege =>
    [
        new("p_become_root", Ends, "setgid", "setresgid", "setresuid", "setreuid", "setuid"),
        new("p_capabilities", Ends),
        new("p_no_new_privileges", Ends) { Says = "set" },
        new("p_seccomp_is_on", Ends) { Says = "filter" },
        new("p_secure_bits", Ends),
        new("p_memory_map", Ends),
        new("p_trace_permission", Ends, "ptrace"),
    ];
    private static IEnumerable<Attack> Others =>
    [
        new("i_watch", Ends),
        new("i_flush", Ends) { Says = "quick", Limits = Attack.Patient },
        new("i_global_limits", Ends),
        new("i_load_modules", Ends),
    ];
}
