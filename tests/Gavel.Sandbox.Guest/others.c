/* What others would feel. */
#include "guest.h"
#include <linux/filter.h>
#include <netinet/in.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>

/* What all cells share: others must not feel what is done to it. i_hold waits, so that somebody else can look meanwhile. */
ATTACK(i_hold)
{
    int toolchain = open("/usr/bin/env", O_RDONLY);
    flock(toolchain, LOCK_EX | LOCK_NB);
    flock(0, LOCK_EX | LOCK_NB);
    puts("held");
    pause();
}
ATTACK(i_watch)
{
    int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    MUST_FAIL(watch);
    MUST_FAIL(inotify_add_watch(watch, "/usr/bin", IN_ALL_EVENTS));
    MUST_FAIL(fcntl(open("/usr/bin", O_RDONLY | O_DIRECTORY), F_NOTIFY, DN_ACCESS | DN_MULTISHOT));
    MUST_FAIL(fcntl(open("/usr/bin/env", O_RDONLY), F_SETLEASE, F_RDLCK));
}
ATTACK(i_flush)
{
    int folder = open("/usr", O_RDONLY | O_DIRECTORY), file = open("/usr/bin/env", O_RDONLY);
    for (int i = 0; i < 20000; i++)
        if (syncfs(folder) < 0 || fsync(file) < 0 || posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) != 0)
            puts("failed");
    sync();
    puts("quick"); /* the CPU limit would have ended us, had anything been done */
}
ATTACK(i_global_limits)
{
    struct sock_filter allow = { 6, 0, 0, 0x7fff0000 };
    struct sock_fprog filter = { 1, &allow };
    unsigned long context = 0;
    MUST_FAIL(syscall(SYS_io_setup, 65536, &context));
    MUST_FAIL(syscall(SYS_seccomp, 1, 0, &filter));
    MUST_FAIL(prctl(PR_SET_SECCOMP, 2, &filter));
    MUST_FAIL(prctl(62 /* PR_SCHED_CORE */, 1, 0, 0, 0));
    MUST_FAIL(setsockopt(socket(AF_UNIX, SOCK_STREAM, 0), SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter));
    MUST_FAIL(setsockopt(socket(AF_INET, SOCK_DGRAM, 0), SOL_SOCKET, 51 /* SO_ATTACH_REUSEPORT_CBPF */, &filter, sizeof filter));
}
/* Protocols for which the host would load a module. */
ATTACK(i_load_modules)
{
    MUST_FAIL(socket(AF_INET, SOCK_STREAM, 132 /* SCTP */));
    MUST_FAIL(socket(AF_INET, SOCK_SEQPACKET, 132));
    MUST_FAIL(socket(AF_INET6, 6 /* SOCK_DCCP */, 33));
    MUST_FAIL(socket(AF_INET, SOCK_STREAM, 262 /* MPTCP */));
    MUST_FAIL(socket(AF_INET, SOCK_DGRAM, 136 /* UDP-Lite */));
    MUST_FAIL(socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP));
    MUST_FAIL(ioctl(socket(AF_UNIX, SOCK_STREAM, 0), 0x8940 /* SIOCGIFBR */, (void *)0));
    MUST_FAIL(ioctl(socket(AF_UNIX, SOCK_STREAM, 0), 0x8982 /* SIOCGIFVLAN */, (void *)0));
}
