/* launcher and host: see cell.h. */
#include "cell.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define CONTROL_FD 3

struct setup the_setup;
const unsigned char *the_filter;
static char message[MAX_MESSAGE] __attribute__((aligned(16)));
static int outside = -1, inside = -1; /* FLAG_ROOTLESS: the mount namespaces before and after pivot_root */

/* Hard limits go up as far as our privileges allow; each run lowers its own. */
static void raise_limits(void)
{
    static const int which[] = { RLIMIT_FSIZE, RLIMIT_CPU, RLIMIT_AS, RLIMIT_DATA, RLIMIT_NPROC, RLIMIT_STACK };
    struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY }, ours;
    for (size_t i = 0; i < sizeof which / sizeof *which; i++) {
        if (setrlimit((__rlimit_resource_t)which[i], &none) == 0 || getrlimit((__rlimit_resource_t)which[i], &ours) < 0)
            continue;
        ours.rlim_cur = ours.rlim_max;
        setrlimit((__rlimit_resource_t)which[i], &ours);
    }
}

static void reset_signals(void)
{
    sigset_t none;
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void make_cell(int socket, const struct work_size *size, int init_socket)
{
    int pidfd = -1;
    long pid = syscall(SYS_clone, CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_PIDFD | SIGCHLD, 0, &pidfd, 0, 0);
    if (pid == 0) {
        signal(SIGCHLD, SIG_DFL);
        close(socket);
        close(outside);
        close(inside);
        cell_init(init_socket, size);
    }
    struct reply reply = { .type = MSG_CELL, .error = pid < 0 ? errno : 0, .status = (int32_t)pid, .stage = "clone" };
    answer(socket, &reply, pid < 0 ? -1 : pidfd);
    if (pidfd >= 0)
        close(pidfd);
}

/* Gavel without root cannot copy a mount itself. We can, with its own user's rights, in the mount namespace we came from. */
static void send_tree(int socket, const char *path)
{
    struct reply reply = { .type = MSG_TREE, .stage = "copy a mount" };
    int tree = setns(outside, CLONE_NEWNS) < 0 ? -1 : detached_tree(path, READ_ONLY);
    reply.error = tree < 0 ? errno : 0;
    if (setns(inside, CLONE_NEWNS) < 0 || chdir("/") < 0)
        _exit(1);
    answer(socket, &reply, tree);
    if (tree >= 0)
        close(tree);
}

void host(int socket)
{
    int fds[MAX_FDS], count;
    signal(SIGCHLD, SIG_IGN); /* dead cells are reaped by the kernel */
    prctl(PR_SET_DUMPABLE, 0);
    for (;;) {
        long length = receive(socket, message, sizeof message - 1, fds, &count);
        struct work_size *size = (struct work_size *)message;
        if (length == sizeof *size && size->type == MSG_CELL && count == 1) {
            make_cell(socket, size, fds[0]);
            close(fds[0]);
        } else if (length > (long)sizeof size->type && size->type == MSG_TREE && count == 0 && outside >= 0) {
            message[length] = 0;
            send_tree(socket, message + sizeof size->type);
        } else {
            _exit(length == 0 ? 0 : 1);
        }
    }
}

/* Receives the set-up, joins the cgroups and answers what the host will need. Leaves the operations in message. */
static char *set_up(int socket)
{
    int fds[MAX_FDS], count;
    long length = receive(socket, message, sizeof message, fds, &count);
    if (length == 0)
        _exit(0);
    if (length < (long)sizeof the_setup)
        _exit(1);
    memcpy(&the_setup, message, sizeof the_setup);
    size_t rest = (size_t)length - sizeof the_setup;
    errno = EPROTO;
    if (the_setup.type != MSG_SETUP || the_setup.filter_length > rest || the_setup.filter_length % 8 != 0
        || the_setup.operations_length != rest - the_setup.filter_length)
        refuse(socket, MSG_SETUP, "set-up message");
    the_filter = (unsigned char *)message + sizeof the_setup;

    for (int i = 0; i < count; i++) {
        if (write(fds[i], "0", 1) != 1)
            refuse(socket, MSG_SETUP, "join the cgroup");
        close(fds[i]);
    }
    return message + sizeof the_setup + the_setup.filter_length;
}

static int own_mounts(void)
{
    return open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
}

int main(int argc, char **argv)
{
    if (argc != 2 || strcmp(argv[1], "host") != 0) {
        fputs("gavel-cell is started by Gavel, not by hand.\n", stderr);
        return 2;
    }
    reset_signals();
    setsid();
    fcntl(CONTROL_FD, F_SETFD, FD_CLOEXEC);
    syscall(SYS_close_range, CONTROL_FD + 1, ~0U, 0);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int i = 0; i < 3; i++)
        dup2(null, i); /* hold nothing of Gavel's terminal or pipes open */
    close(null);
    char *operations = set_up(CONTROL_FD);
    raise_limits();
    setpriority(PRIO_PROCESS, 0, -20);        /* the runner must win against a fork bomb */
    /* oom_score_adj stays: programs would inherit a lower one, and at -1000 the kernel finds nothing to kill at the memory
     * limit. We are by far the smallest processes in the cgroup, so it takes the program. */
    int spaces = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP;
    long pid = syscall(SYS_clone, spaces | SIGCHLD, 0, 0, 0, 0);
    if (pid < 0)
        refuse(CONTROL_FD, MSG_SETUP, "clone namespaces");
    if (pid > 0) {
        struct reply reply = { .type = MSG_SETUP, .status = (int32_t)pid };
        answer(CONTROL_FD, &reply, -1);
        close(CONTROL_FD);
        while (waitpid((pid_t)pid, NULL, 0) < 0 && errno == EINTR)
            ;
        _exit(0);
    }

    uint32_t go = 0, root = the_setup.inside_root; /* Gavel writes the id maps meanwhile */
    int fds[MAX_FDS], count, one = the_setup.flags & FLAG_ONE_USER;
    long length = receive(CONTROL_FD, &go, sizeof go, fds, &count);
    if (length != sizeof go || go != MSG_ROOT || count != 0)
        _exit(length == 0 ? 0 : 1);
    if ((!one && syscall(SYS_setgroups, 0, NULL) < 0) || syscall(SYS_setresgid, root, root, root) < 0
        || syscall(SYS_setresuid, root, root, root) < 0)
        refuse(CONTROL_FD, MSG_ROOT, "become root of the namespace");
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sethostname("cell", 4);
    if (the_setup.flags & FLAG_ROOTLESS && ((outside = own_mounts()) < 0 || unshare(CLONE_NEWNS) < 0))
        refuse(CONTROL_FD, MSG_ROOT, "second mount namespace");
    build_root(CONTROL_FD, operations, the_setup.operations_length);
    if (the_setup.flags & FLAG_ROOTLESS && (inside = own_mounts()) < 0)
        refuse(CONTROL_FD, MSG_ROOT, "second mount namespace");
    prepare_runners(CONTROL_FD);

    struct reply reply = { .type = MSG_ROOT };
    answer(CONTROL_FD, &reply, -1);
    /* The filter must outlive the buffer that commands are received into. */
    unsigned char *filter = malloc(the_setup.filter_length + 1);
    if (!filter)
        _exit(1);
    memcpy(filter, the_filter, the_setup.filter_length);
    the_filter = filter;
    host(CONTROL_FD);
}
