/* Files, the kernel's surface, privilege. */
#include "guest.h"
#include <linux/perf_event.h>
#include <linux/sched.h>
#include <netinet/in.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

static int open_for(const char *path, int flags) { return open(path, flags | O_CLOEXEC, 0666); }
#define CANNOT_READ(path) MUST_FAIL(open_for(path, O_RDONLY))
#define CANNOT_WRITE(path) MUST_FAIL(open_for(path, O_WRONLY | O_CREAT))

ATTACK(read_secrets)
{
    CANNOT_READ("/etc/shadow");
    CANNOT_READ("/root");
    CANNOT_READ("/root/.ssh/id_rsa");
    CANNOT_READ("/etc/gshadow");
    CANNOT_READ("/var/lib/postgresql");
    CANNOT_READ("/run/secrets");
    CANNOT_READ("/etc/ssl/private");
    CANNOT_READ("/work");
    CANNOT_READ("/mnt");
}
ATTACK(read_process_one)
{
    CANNOT_READ("/proc/1/environ");
    CANNOT_READ("/proc/1/mem");
    CANNOT_READ("/proc/1/maps");
    CANNOT_READ("/proc/1/root/etc");
    CANNOT_READ("/proc/1/cwd/.");
    CANNOT_READ("/proc/1/fd/3");
    CANNOT_READ("/proc/1/fd");
    CANNOT_READ("/proc/1/ns/mnt");
    CANNOT_READ("/proc/1/exe");
    CANNOT_READ("/proc/2/environ");
    CANNOT_READ("/proc/2/mem");
    CANNOT_READ("/proc/2/exe");
    CANNOT_WRITE("/proc/2/oom_score_adj");
}
ATTACK(write_proc)
{
    CANNOT_WRITE("/proc/sysrq-trigger");
    CANNOT_WRITE("/proc/sys/kernel/core_pattern");
    CANNOT_WRITE("/proc/sys/kernel/hostname");
    CANNOT_WRITE("/proc/sys/vm/drop_caches");
    CANNOT_WRITE("/proc/self/oom_score_adj");
    CANNOT_WRITE("/proc/self/uid_map");
    CANNOT_WRITE("/proc/self/loginuid");
    CANNOT_WRITE("/proc/self/timerslack_ns");
    CANNOT_READ("/proc/kcore");
    CANNOT_READ("/proc/kmsg");
    CANNOT_READ("/proc/self/attr/nothing");
}
ATTACK(read_devices)
{
    CANNOT_READ("/dev/mem");
    CANNOT_READ("/dev/kmem");
    CANNOT_READ("/dev/port");
    CANNOT_READ("/dev/kvm");
    CANNOT_READ("/dev/sda");
    CANNOT_READ("/dev/vda");
    CANNOT_READ("/dev/tty");
    CANNOT_READ("/dev/ptmx");
    CANNOT_READ("/dev/fuse");
    CANNOT_READ("/dev/net/tun");
    CANNOT_READ("/sys/kernel");
    CANNOT_READ("/sys/fs/cgroup");
}
ATTACK(make_devices)
{
    MUST_FAIL(mknod("/w/mem", S_IFCHR | 0666, makedev(1, 1)));
    MUST_FAIL(mknod("/tmp/disk", S_IFBLK | 0666, makedev(8, 0)));
}
ATTACK(change_work_folder)
{
    MUST_FAIL(chmod("/w", 0700));
    MUST_FAIL(chmod("/tmp", 0777));
    MUST_FAIL(setxattr("/w", "user.left", "x", 1, 0));
}
ATTACK(write_toolchain)
{
    CANNOT_WRITE("/usr/bin/gcc");
    CANNOT_WRITE("/usr/bin/new");
    CANNOT_WRITE("/bin/sh");
    CANNOT_WRITE("/etc/passwd");
    CANNOT_WRITE("/etc/ld.so.preload");
    CANNOT_WRITE("/lib/x86_64-linux-gnu/libc.so.6");
    CANNOT_WRITE("/new");
    CANNOT_WRITE("/dev/new");
    CANNOT_WRITE("/app/new");
    CANNOT_WRITE("/data/new");
    CANNOT_WRITE("/app/guest");
    MUST_FAIL(unlink("/app/guest"));
    MUST_FAIL(rename("/app/guest", "/w/guest"));
    MUST_FAIL(chmod("/app/guest", 0777));
    MUST_FAIL(rmdir("/w"));
    MUST_FAIL(utimensat(AT_FDCWD, "/usr/bin/gcc", NULL, 0));
}
ATTACK(overwrite_own_executable) { CANNOT_WRITE("/proc/self/exe"); } /* CVE-2019-5736 */
ATTACK(overwrite_runner_executable)
{
    MUST_FAIL(open_for("/proc/2/exe", O_RDWR));
    MUST_FAIL(open_for("/proc/1/exe", O_PATH));
    MUST_FAIL(execl("/proc/1/exe", "x", NULL));
}
ATTACK(links_out)
{
    MUST_FAIL(link("/etc/passwd", "/w/passwd"));
    MUST_FAIL(link("/proc/self/exe", "/w/exe"));
    MUST_FAIL(linkat(AT_FDCWD, "/usr/bin/gcc", AT_FDCWD, "/w/gcc", AT_SYMLINK_FOLLOW));
}
ATTACK(inherited_descriptors)
{
    for (int fd = 3; fd < 1024; fd++)
        if (fcntl(fd, F_GETFD) >= 0)
            printf("ESCAPED descriptor %d\n", fd);
    MUST_FAIL(write(0, "x", 1));
    MUST_FAIL(ftruncate(0, 0));
    MUST_FAIL(ioctl(0, 0x5412, "x")); /* TIOCSTI */
}
ATTACK(reopen_input_for_writing) { int fd = open("/proc/self/fd/0", O_WRONLY); MUST_FAIL(write(fd, "x", 1)); MUST_FAIL(ftruncate(fd, 1)); }
ATTACK(leave_the_root)
{
    char path[PATH_MAX] = "";
    int root = open("/", O_RDONLY | O_DIRECTORY);
    for (int i = 0; i < 100; i++)
        strcat(path, "../");
    strcat(path, "root");
    MUST_FAIL(openat(root, path, O_RDONLY));
    MUST_FAIL(open("/..//../root", O_RDONLY));
    MUST_FAIL(chroot("/w"));
}
ATTACK(set_user_id_binary)
{
    char buffer[65536];
    int from = open("/proc/self/exe", O_RDONLY), to = open("/w/suid", O_CREAT | O_WRONLY, 0777);
    for (ssize_t n; (n = read(from, buffer, sizeof buffer)) > 0;)
        write(to, buffer, (size_t)n);
    fchmod(to, 06777);
    close(to);
    if (fork() == 0) {
        execl("/usr/bin/su", "su", "-c", "id", NULL);
        _exit(1);
    }
    wait(NULL);
    printf("%s\n", geteuid() == 0 ? "ESCAPED" : "same user");
}
static char vec[8];
ATTACK(k_ptrace) { MUST_FAIL(ptrace(PTRACE_ATTACH, 1, 0, 0)); MUST_FAIL(ptrace(PTRACE_TRACEME, 0, 0, 0)); MUST_FAIL(ptrace(PTRACE_SEIZE, getppid(), 0, 0)); }
ATTACK(k_process_memory) { struct iovec v = { vec, 8 }; MUST_FAIL(syscall(SYS_process_vm_readv, 1, &v, 1, &v, 1, 0)); MUST_FAIL(syscall(SYS_process_vm_writev, 2, &v, 1, &v, 1, 0)); }
ATTACK(k_bpf) { char attributes[128] = { 0 }; MUST_FAIL(syscall(SYS_bpf, 0, attributes, sizeof attributes)); }
ATTACK(k_perf) { struct perf_event_attr a = { .size = sizeof a }; MUST_FAIL(syscall(SYS_perf_event_open, &a, 0, -1, -1, 0)); }
ATTACK(k_userfaultfd) { MUST_FAIL(syscall(SYS_userfaultfd, 1)); }
ATTACK(k_io_uring) { char p[256] = { 0 }; MUST_FAIL(syscall(425, 8, p)); }
ATTACK(k_keys) { MUST_FAIL(syscall(SYS_add_key, "user", "left", "x", 1, -3)); MUST_FAIL(syscall(SYS_keyctl, 0, -3, 1)); MUST_FAIL(syscall(SYS_request_key, "user", "x", NULL, -3)); }
ATTACK(k_mount) { MUST_FAIL(mount("x", "/w", "tmpfs", 0, NULL)); MUST_FAIL(mount(NULL, "/usr", NULL, MS_REMOUNT | MS_BIND, NULL)); MUST_FAIL(umount2("/proc", MNT_DETACH)); MUST_FAIL(mount("cgroup", "/w", "cgroup", 0, "memory")); }
ATTACK(k_new_mount_api) { MUST_FAIL(syscall(428, AT_FDCWD, "/", 1)); MUST_FAIL(syscall(430, "tmpfs", 0)); MUST_FAIL(syscall(442, AT_FDCWD, "/usr", 0, vec, 32)); MUST_FAIL(syscall(429, 0, "", 0, "", 4)); }
ATTACK(k_unshare)
{
    static const int flags[] = { CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP, 0x80 };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        MUST_FAIL(unshare(flags[i]));
}
ATTACK(k_clone_namespaces)
{
    static const long flags[] = { CLONE_NEWUSER, CLONE_NEWUSER | CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        long pid = syscall(SYS_clone, flags[i] | SIGCHLD, 0, 0, 0, 0);
        if (pid == 0)
            _exit(0);
        MUST_FAIL(pid);
    }
}
ATTACK(k_clone3) { struct clone_args a = { .flags = CLONE_NEWUSER, .exit_signal = SIGCHLD }; MUST_FAIL(syscall(SYS_clone3, &a, sizeof a)); struct clone_args plain = { .exit_signal = SIGCHLD }; MUST_FAIL(syscall(SYS_clone3, &plain, sizeof plain)); }
ATTACK(k_clone3_namespaces) { struct clone_args a = { .flags = CLONE_NEWUSER | CLONE_NEWNS, .exit_signal = SIGCHLD }; long pid = syscall(SYS_clone3, &a, sizeof a); if (pid == 0) _exit(0); MUST_FAIL(pid); }
ATTACK(k_setns) { int fd = open("/proc/self/ns/net", O_RDONLY); MUST_FAIL(setns(fd, 0)); }
ATTACK(k_pivot_root) { MUST_FAIL(syscall(SYS_pivot_root, "/w", "/w")); }
ATTACK(k_personality) { MUST_FAIL(personality(0x0040000)); MUST_FAIL(personality(8)); }
ATTACK(k_kexec) { MUST_FAIL(syscall(SYS_kexec_load, 0, 0, NULL, 0)); MUST_FAIL(syscall(SYS_reboot, 0xfee1dead, 672274793, 0x1234567, 0)); }
ATTACK(k_modules) { MUST_FAIL(syscall(SYS_init_module, vec, 8, "")); MUST_FAIL(syscall(SYS_finit_module, 0, "", 0)); MUST_FAIL(syscall(SYS_delete_module, "x", 0)); }
ATTACK(k_ports) { MUST_FAIL(syscall(SYS_iopl, 3)); MUST_FAIL(syscall(SYS_ioperm, 0x378, 1, 1)); }
ATTACK(k_ldt) { MUST_FAIL(syscall(SYS_modify_ldt, 1, vec, 8)); }
ATTACK(k_32_bit) { long r; __asm__ volatile("int $0x80" : "=a"(r) : "a"(20L)); if (r > 0) puts("ESCAPED getpid by int 0x80"); else puts("refused"); }
ATTACK(k_x32) { MUST_FAIL(syscall(0x40000000 + SYS_getpid)); }
ATTACK(k_unknown) { MUST_FAIL(syscall(9999)); MUST_FAIL(syscall(-1)); MUST_FAIL(syscall(470)); }
ATTACK(k_clock) { struct timespec t = { 0, 0 }; MUST_FAIL(syscall(SYS_clock_settime, 0, &t)); struct timeval v = { 0, 0 }; MUST_FAIL(syscall(SYS_settimeofday, &v, NULL)); }
ATTACK(k_names) { MUST_FAIL(sethostname("left", 4)); MUST_FAIL(setdomainname("left", 4)); }
ATTACK(k_swap_quota_acct) { MUST_FAIL(syscall(SYS_swapon, "/w/x", 0)); MUST_FAIL(syscall(SYS_quotactl, 0, "/dev/vda", 0, NULL)); MUST_FAIL(syscall(SYS_acct, "/w/x")); }
ATTACK(k_kernel_log) { MUST_FAIL(syscall(SYS_syslog, 3, vec, 8)); }
ATTACK(k_file_handles) { int id; MUST_FAIL(syscall(SYS_name_to_handle_at, AT_FDCWD, "/usr", vec, &id, 0)); MUST_FAIL(syscall(SYS_open_by_handle_at, AT_FDCWD, vec, 0)); }
ATTACK(k_descriptors_of_others) { int fd = (int)syscall(434, 1, 0); MUST_FAIL(syscall(438, fd, 3, 0)); MUST_FAIL(syscall(SYS_kcmp, 1, 2, 0, 0, 0)); }
ATTACK(k_signal_by_pidfd) { int fd = (int)syscall(434, getppid(), 0); MUST_FAIL(syscall(424, fd, SIGKILL, NULL, 0)); }
ATTACK(k_fanotify) { MUST_FAIL(syscall(SYS_fanotify_init, 0, 0)); }
ATTACK(k_secret_memory) { MUST_FAIL(syscall(447, 0)); }
ATTACK(k_terminal) { MUST_FAIL(ioctl(1, 0x5412, "x")); MUST_FAIL(ioctl(1, 0x541c, vec)); }
ATTACK(k_limits_of_others) { struct rlimit64 l = { 1, 1 }; MUST_FAIL(syscall(SYS_prlimit64, 1, RLIMIT_NOFILE, &l, NULL)); MUST_FAIL(syscall(SYS_prlimit64, 2, RLIMIT_NOFILE, &l, NULL)); }
ATTACK(k_priority_of_others) { MUST_FAIL(setpriority(PRIO_PROCESS, 2, 19)); cpu_set_t set; CPU_ZERO(&set); CPU_SET(0, &set); MUST_FAIL(sched_setaffinity(2, sizeof set, &set)); }

ATTACK(n_raw) { MUST_FAIL(socket(AF_INET, SOCK_RAW, 1)); MUST_FAIL(socket(AF_INET6, SOCK_RAW, 58)); }
ATTACK(n_packet) { MUST_FAIL(socket(AF_PACKET, SOCK_RAW, 0)); MUST_FAIL(socket(AF_PACKET, SOCK_DGRAM, 0)); }
ATTACK(n_vsock) { MUST_FAIL(socket(40, SOCK_STREAM, 0)); }
ATTACK(n_alg) { MUST_FAIL(socket(38, SOCK_SEQPACKET, 0)); }
ATTACK(n_netlink) { MUST_FAIL(socket(AF_NETLINK, SOCK_RAW, 0)); }
ATTACK(n_other_families) { for (int family = 3; family < 46; family++) if (family != AF_INET6 && socket(family, SOCK_STREAM, 0) >= 0) printf("ESCAPED family %d\n", family); }
static int reach(uint32_t address, uint16_t port, int type)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = { htonl(address) } };
    int fd = socket(AF_INET, type, 0);
    return connect(fd, (struct sockaddr *)&to, sizeof to);
}
ATTACK(n_loopback_database) { MUST_FAIL(reach(0x7f000001, 5432, SOCK_STREAM)); MUST_FAIL(reach(0x7f000001, 22, SOCK_STREAM)); } /* CVE-2024-29021 */
ATTACK(n_internet) { MUST_FAIL(reach(0x08080808, 53, SOCK_STREAM)); MUST_FAIL(reach(0x08080808, 53, SOCK_DGRAM)); }
ATTACK(n_metadata_service) { MUST_FAIL(reach(0xa9fea9fe, 80, SOCK_STREAM)); }
ATTACK(n_listen)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(4242) };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    MUST_FAIL(bind(fd, (struct sockaddr *)&at, sizeof at)); /* Landlock; without it the empty network namespace leads nowhere */
}
ATTACK(n_abstract_left_behind)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX, .sun_path = "\0gavel-attack" };
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (bind(fd, (struct sockaddr *)&at, sizeof at) < 0 || listen(fd, 5) < 0)
        puts("ESCAPED somebody holds the name");
    if (fork() == 0)
        for (;;)
            pause();
}

ATTACK(p_become_root)
{
    MUST_FAIL(setuid(0));
    MUST_FAIL(setgid(0));
    MUST_FAIL(setreuid(0, 0));
    MUST_FAIL(setresuid(0, 0, 0));
    MUST_FAIL(setresgid(0, 0, 0));
    MUST_FAIL(seteuid(0));
    gid_t zero = 0;
    MUST_FAIL(syscall(SYS_setgroups, 1, &zero));
}
ATTACK(p_capabilities)
{
    struct { uint32_t version; int pid; } header = { 0x20080522, 0 };
    struct { uint32_t effective, permitted, inheritable; } data[2];
    syscall(SYS_capget, &header, data);
    if (data[0].effective | data[0].permitted | data[0].inheritable | data[1].effective | data[1].permitted)
        puts("ESCAPED has capabilities");
    data[0].effective = data[0].permitted = 1u << 21;
    MUST_FAIL(syscall(SYS_capset, &header, data));
    MUST_FAIL(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 21, 0, 0));
    for (int capability = 0; capability < 41; capability++)
        if (prctl(PR_CAPBSET_READ, capability) > 0)
            printf("ESCAPED bounding set has %d\n", capability);
}
ATTACK(p_no_new_privileges) { printf("%s\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? "set" : "ESCAPED"); MUST_FAIL(prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0)); }
ATTACK(p_seccomp_is_on) { printf("%s\n", prctl(PR_GET_SECCOMP) == 2 ? "filter" : "ESCAPED"); MUST_FAIL(prctl(PR_SET_SECCOMP, 0)); }
ATTACK(p_secure_bits) { MUST_FAIL(prctl(PR_SET_SECUREBITS, 0x2f)); }
ATTACK(p_memory_map) { MUST_FAIL(prctl(PR_SET_MM, PR_SET_MM_START_CODE, 0x1000, 0, 0)); }
ATTACK(p_trace_permission) { prctl(PR_SET_PTRACER, -1); prctl(PR_SET_DUMPABLE, 1); MUST_FAIL(ptrace(PTRACE_ATTACH, getppid(), 0, 0)); }
