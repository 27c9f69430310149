/* Starts one command at a time and leaves nothing of it alive. See cell.h. */
#include "cell.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char message[MAX_MESSAGE] __attribute__((aligned(16)));
static char *strings[MAX_STRINGS + 2];

/* What the vforked child reads, and where it says what failed: it shares our memory until exec. */
static struct {
    struct run run;
    char **arguments, **environment;
    int fds[3];
    volatile int error, exec_failed;
    const char *volatile stage;
} start;
static char child_stack[64 * 1024] __attribute__((aligned(16)));
static uint64_t told; /* our own CPU time at the last answer */

static int drop_capabilities(uint32_t keep)
{
    struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
    struct __user_cap_data_struct data[2] = { { keep, keep, 0 }, { 0, 0, 0 } };
    return (int)syscall(SYS_capset, &header, data);
}

/* Our own hard limits, read once: no run may have more, and none can change them. */
static rlim_t ceiling[RLIM_NLIMITS];

/* Where programs may run: everywhere we could at first. The sandbox pins us to its own processor, so that no idle one has to be woken to start them. */
static unsigned long processors[128];
static long processors_size;

static int limit(int resource, uint64_t soft, uint64_t hard)
{
    struct rlimit wanted = { soft, hard };
    if (soft == RLIM_INFINITY)
        return 0;
    if (wanted.rlim_max > ceiling[resource])
        wanted.rlim_max = ceiling[resource];
    if (wanted.rlim_cur > wanted.rlim_max)
        wanted.rlim_cur = wanted.rlim_max;
    return setrlimit((__rlimit_resource_t)resource, &wanted);
}

static int failed(const char *stage)
{
    start.error = errno;
    start.stage = stage;
    return 127;
}

/* Runs in the vforked child. Raw system calls for ids: glibc's wrappers would signal sibling threads (nptl(7)). */
static int child(void *unused)
{
    const struct run *run = &start.run;
    uint32_t user = the_setup.inside_user;
    sigset_t none;
    (void)unused;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    setpriority(PRIO_PROCESS, 0, 0);
    for (int i = 0; i < 3; i++)
        if (dup2(start.fds[i], i) < 0)
            return failed("dup2");
    if (chdir("/w") < 0)
        return failed("chdir");
    if (limit(RLIMIT_FSIZE, run->file_size, run->file_size) < 0 || limit(RLIMIT_NOFILE, run->open_files, run->open_files) < 0
        || limit(RLIMIT_STACK, run->stack, run->stack) < 0 || limit(RLIMIT_CPU, run->cpu_seconds, run->cpu_seconds + 1) < 0
        || limit(RLIMIT_DATA, run->data, run->data) < 0 || limit(RLIMIT_NPROC, run->processes, run->processes) < 0)
        return failed("setrlimit");
    if (syscall(SYS_landlock_restrict_self, RULESET_FD, 0) < 0 && errno != EBADF && errno != ENOSYS) /* init made none */
        return failed("landlock_restrict_self");
    if (!(the_setup.flags & FLAG_ONE_USER)
        && (syscall(SYS_setresgid, user, user, user) < 0 || syscall(SYS_setresuid, user, user, user) < 0))
        return failed("setresuid");
    if (drop_capabilities(0) < 0)
        return failed("capset");
    if (syscall(SYS_sched_setaffinity, 0, processors_size, processors) < 0 /* the slot was moved to others since: whichever they are */
        && syscall(SYS_sched_setaffinity, 0, processors_size, memset(processors, 0xff, (size_t)processors_size)) < 0)
        return failed("sched_setaffinity");
    if (syscall(SYS_close_range, 3, ~0U, 0) < 0)
        return failed("close_range");
    execve(start.arguments[0], start.arguments, start.environment);
    start.exec_failed = 1;
    return failed("exec");
}

/* Checks and splits a MSG_RUN. Returns 0, or -1 when it is malformed. Kept pure: it is fuzzed. */
int parse_run(char *text, size_t length, struct run *run, char **arguments, char **environment)
{
    if (length < sizeof *run)
        return -1;
    memcpy(run, text, sizeof *run);
    if (run->type != MSG_RUN || run->argument_count < 1 || run->argument_count > MAX_STRINGS
        || run->environment_count > MAX_STRINGS - run->argument_count)
        return -1;
    size_t count = run->argument_count + run->environment_count;
    if (split_strings(text + sizeof *run, length - sizeof *run, arguments, count) < 0 || arguments[0][0] != '/')
        return -1;
    /* The environment follows a gap of one: both lists end in NULL. */
    memmove(environment, arguments + run->argument_count, run->environment_count * sizeof *arguments);
    arguments[run->argument_count] = NULL;
    environment[run->environment_count] = NULL;
    return 0;
}

/* Reaps one process, if one has ended or, without WNOHANG, when one ends. Returns what waitpid does. */
static pid_t reap(pid_t main_pid, int options, struct reply *reply)
{
    int status;
    struct rusage used;
    pid_t pid = wait4(-1, &status, options | __WALL, &used);
    if (pid <= 0)
        return pid;
    reply->cpu += 1000000000u * (uint64_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + 1000u * (uint64_t)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
    if (reply->peak < (uint64_t)used.ru_maxrss << 10)
        reply->peak = (uint64_t)used.ru_maxrss << 10;
    if (pid == main_pid) {
        reply->end = now(CLOCK_MONOTONIC);
        reply->status = status;
    }
    return pid;
}

/* Until nothing of the run is left. Orphans become our children, so no child means no process. */
static void sweep(pid_t main_pid, struct reply *reply)
{
    pid_t pid;
    do {
        while ((pid = reap(main_pid, WNOHANG, reply)) > 0)
            ;
        if (pid == 0)
            kill(-1, SIGKILL);
    } while (pid == 0 && reap(main_pid, 0, reply) > 0);
}

static void run(int socket, int signals)
{
    struct reply reply = { .type = MSG_RUN };
    start.error = start.exec_failed = 0;
    start.stage = "";
    reply.start = now(CLOCK_MONOTONIC);
    pid_t main_pid = clone(child, child_stack + sizeof child_stack, CLONE_VM | CLONE_VFORK | SIGCHLD, NULL);
    if (main_pid < 0)
        refuse(socket, MSG_RUN, "clone");
    for (int i = 0; i < 3; i++)
        close(start.fds[i]);

    struct pollfd waits[2] = { { signals, POLLIN, 0 }, { socket, POLLIN, 0 } };
    while (poll(waits, 2, -1) < 0 || !waits[1].revents) {
        struct signalfd_siginfo ignored;
        if (waits[0].revents && read(signals, &ignored, sizeof ignored) > 0)
            while (reply.end == 0 && reap(main_pid, WNOHANG, &reply) > 0)
                ;
        if (reply.end != 0)
            break;
    }
    if (waits[1].revents) {
        int fds[MAX_FDS], count;
        uint32_t type = 0;
        long length = receive(socket, &type, sizeof type, fds, &count);
        if (length == 0)
            _exit(0);
        if (length != sizeof type || type != MSG_KILL || count != 0)
            _exit(1);
    }
    sweep(main_pid, &reply);
    uint64_t used = now(CLOCK_PROCESS_CPUTIME_ID);
    reply.own = used - told;
    told = used;
    reply.error = start.error;
    reply.flag = (uint32_t)start.exec_failed;
    strncpy(reply.stage, start.stage, sizeof reply.stage - 1);
    answer(socket, &reply, -1);
}

/* Once per slot, by the host: what every runner inherits. Nothing else of the slot executes programs or needs more. */
void prepare_runners(int socket)
{
    for (int resource = 0; resource < (int)RLIM_NLIMITS; resource++) {
        struct rlimit ours;
        if (getrlimit((__rlimit_resource_t)resource, &ours) < 0)
            refuse(socket, MSG_ROOT, "getrlimit");
        ceiling[resource] = ours.rlim_max;
    }
    processors_size = syscall(SYS_sched_getaffinity, 0, sizeof processors, processors);
    if (processors_size < 0)
        refuse(socket, MSG_ROOT, "sched_getaffinity");
    if (limit(RLIMIT_CORE, 1, 1) < 0 /* 0 would still call a core handler on the host, 1 never does: core(5) */
        || limit(RLIMIT_MSGQUEUE, 0, 0) < 0 || limit(RLIMIT_NICE, 0, 0) < 0 || limit(RLIMIT_RTPRIO, 0, 0) < 0
        || limit(RLIMIT_MEMLOCK, 8u << 20, 8u << 20) < 0)
        refuse(socket, MSG_ROOT, "setrlimit");
    for (unsigned long capability = 0; prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; capability++)
        ;
}

void runner(int socket)
{
    struct reply ready = { .type = MSG_RUNNER };
    struct sock_fprog program = { (unsigned short)(the_setup.filter_length / sizeof(struct sock_filter)), (struct sock_filter *)the_filter };
    int signals, listener;
    sigset_t chld;

    /* With one user for all, programs could signal us: as pid 1 of a namespace of our own we are deaf to them. pid_namespaces(7) */
    if (the_setup.flags & FLAG_ONE_USER && mount("proc", "/proc", "proc", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0)
        refuse(socket, MSG_RUNNER, "mount the runner's /proc");
    if (the_setup.flags & FLAG_ROOTLESS) {
        int processes = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        answer(socket, &ready, processes);
        close(processes);
    }
    sigemptyset(&chld);
    sigaddset(&chld, SIGCHLD);
    sigprocmask(SIG_BLOCK, &chld, NULL);
    signals = signalfd(-1, &chld, SFD_CLOEXEC | SFD_NONBLOCK);
    if (signals < 0 || dup3(signals, SIGNAL_FD, O_CLOEXEC) < 0 || close(signals) < 0 || prctl(PR_SET_CHILD_SUBREAPER, 1) < 0)
        refuse(socket, MSG_RUNNER, "signalfd");
    if (drop_capabilities((1u << CAP_KILL) | (1u << CAP_SETUID) | (1u << CAP_SETGID)) < 0)
        refuse(socket, MSG_RUNNER, "capset");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        refuse(socket, MSG_RUNNER, "no_new_privs");
    listener = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
    if (listener < 0)
        refuse(socket, MSG_RUNNER, "seccomp");
    answer(socket, &ready, listener);
    close(listener);
    told = now(CLOCK_PROCESS_CPUTIME_ID);

    for (;;) {
        int fds[MAX_FDS], count;
        long length = receive(socket, message, sizeof message, fds, &count);
        if (length == 0)
            _exit(0);
        uint32_t type;
        memcpy(&type, message, sizeof type);
        if (length == sizeof type && type == MSG_KILL && count == 0)
            continue; /* crossed the end of the run it was meant for */
        static char *environment[MAX_STRINGS + 1];
        if (length < 0 || count != 3 || parse_run(message, (size_t)length, &start.run, strings, environment) < 0)
            _exit(1);
        start.arguments = strings;
        start.environment = environment;
        memcpy(start.fds, fds, sizeof start.fds);
        run(socket, SIGNAL_FD);
    }
}
