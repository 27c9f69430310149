/* Pid 1 of a cell: mounts, and the runner's parent. See cell.h. */
#include "cell.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define OWN_INODES 3 /* the root of the work tmpfs, /w and /tmp */

static char message[8192] __attribute__((aligned(16)));
static struct work_size present;
static int work_root = -1, runner_socket = -1, runner_pidfd = -1;

/* landlock(7). The header of an older system lacks the later fields. */
struct landlock_ruleset { uint64_t fs, net, scoped; };
struct landlock_beneath { uint64_t access; int32_t parent; } __attribute__((packed));
#define LANDLOCK_READ 0xdULL /* execute, read file, read folder */
#define LANDLOCK_WRITE_FILE 0x2ULL
#define LANDLOCK_DEVICES ((1ULL << 6) | (1ULL << 11))

static void allow_beneath(int ruleset, const char *path, uint64_t access)
{
    struct landlock_beneath rule = { access, open(path, O_PATH | O_CLOEXEC) };
    if (rule.parent < 0)
        return;
    syscall(SYS_landlock_add_rule, ruleset, 1, &rule, 0);
    close(rule.parent);
}

/* Second wall behind the mounts: writing only in /w and /tmp, no TCP, no signal and no abstract socket out of the run. */
static void renew_ruleset(void)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
    if (abi < 1 || (the_setup.flags & FLAG_NO_LANDLOCK))
        return;
    uint64_t files = abi >= 3 ? 0x7fff : abi == 2 ? 0x3fff : 0x1fff;
    struct landlock_ruleset rules = { files, abi >= 4 ? 3 : 0, abi >= 6 ? 3 : 0 };
    int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, abi >= 6 ? 24 : abi >= 4 ? 16 : 8, 0);
    if (fd < 0)
        return;
    allow_beneath(fd, "/", LANDLOCK_READ);
    allow_beneath(fd, "/dev", LANDLOCK_READ | LANDLOCK_WRITE_FILE | (files & (1ULL << 14)));
    allow_beneath(fd, "/w", files & ~LANDLOCK_DEVICES);
    allow_beneath(fd, "/tmp", files & ~LANDLOCK_DEVICES);
    dup3(fd, RULESET_FD, O_CLOEXEC);
    close(fd);
}

/* One tmpfs behind /w and /tmp, so that one limit holds for both. Its folders belong to root and are sticky: a program
 * can neither chmod them nor leave extended attributes on them. */
static int mount_work(void)
{
    char options[96];
    snprintf(options, sizeof options, "mode=755,size=%llu,nr_inodes=%u", (unsigned long long)present.bytes, present.inodes + OWN_INODES);
    if (mount("work", "/w", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOATIME, options) < 0)
        return -1;
    work_root = open("/w", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (work_root < 0 || mkdir("/w/tmp", 0700) < 0 || mkdir("/w/w", 0700) < 0 || chmod("/w/tmp", 01777) < 0 || chmod("/w/w", 01777) < 0)
        return -1;
    if (mount("/w/tmp", "/tmp", NULL, MS_BIND, NULL) < 0 || mount("/w/w", "/w", NULL, MS_BIND, NULL) < 0)
        return -1;
    renew_ruleset();
    return 0;
}

/* The root of the tmpfs goes to C#, which sees by it whether a run left something; nobody else may hold the old one. */
static void reply_with_work(int socket, uint32_t type)
{
    struct reply reply = { .type = type };
    answer(socket, &reply, work_root);
    close(work_root);
    work_root = -1;
}

static void reset(int socket, const struct work_size *size)
{
    if (size->inodes != 0)
        present = *size;
    if (umount2("/tmp", MNT_DETACH) < 0 || umount2("/w", MNT_DETACH) < 0 || umount2("/w", MNT_DETACH) < 0)
        refuse(socket, MSG_RESET, "detach the work tmpfs");
    if (mount_work() < 0)
        refuse(socket, MSG_RESET, "mount the work tmpfs");
    reply_with_work(socket, MSG_RESET);
}

static const char *const mount_roots[] = { "/app", "/data", "/opt" };
#define MOUNT_ROOTS (sizeof mount_roots / sizeof *mount_roots)
static int root_made[MOUNT_ROOTS];

/* path is below /app, /data or /opt: each gets a small tmpfs for mount points the first time. Or it is /usr: another userland takes the host's place. */
static int attach(char *path, int tree)
{
    size_t root = 0;
    if (strcmp(path, "/usr") == 0)
        return move_detached(tree, path);
    while (root < MOUNT_ROOTS && (strncmp(path, mount_roots[root], strlen(mount_roots[root])) != 0
                                  || (path[strlen(mount_roots[root])] != '/' && path[strlen(mount_roots[root])] != 0)))
        root++;
    errno = EINVAL;
    if (root == MOUNT_ROOTS || strstr(path, ".."))
        return -1;
    if (path[strlen(mount_roots[root])] == 0)
        return move_detached(tree, path);
    if (!root_made[root] && mount("points", mount_roots[root], "tmpfs", MS_NOSUID | MS_NODEV, "mode=755,size=64k,nr_inodes=256") < 0)
        return -1;
    root_made[root] = 1;
    return attach_at(path, tree);
}

static void seal(void)
{
    for (size_t i = 0; i < MOUNT_ROOTS; i++)
        if (root_made[i])
            mount(NULL, mount_roots[i], NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL);
}

static void start_runner(int socket, const int *fds, int count)
{
    struct clone_args request = { .flags = CLONE_FILES | CLONE_PIDFD, .exit_signal = SIGCHLD, .pidfd = (uintptr_t)&runner_pidfd };
    struct reply reply = { .type = MSG_RUNNER, .stage = "clone the runner" };
    if (runner_socket >= 0 || count < 1)
        _exit(1);
    runner_socket = fds[0];
    if (the_setup.flags & FLAG_ONE_USER)
        request.flags |= CLONE_NEWPID;
    if (count > 1) {
        request.flags |= CLONE_INTO_CGROUP;
        request.cgroup = (unsigned)fds[1];
    }
    long pid = syscall(SYS_clone3, &request, sizeof request);
    if (pid == 0)
        runner(runner_socket);
    if (count > 1)
        close(fds[1]);
    reply.error = pid < 0 ? errno : 0;
    answer(socket, &reply, -1);
    if (pid < 0)
        _exit(1);
}

static void runner_ended(void)
{
    close(runner_socket);
    close(runner_pidfd);
    runner_socket = runner_pidfd = -1;
    kill(-1, SIGKILL);
    while (waitpid(-1, NULL, __WALL) > 0)
        ;
}

void cell_init(int socket, const struct work_size *size)
{
    present = *size;
    if (mount("proc", "/proc", "proc", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0)
        refuse(socket, MSG_CELL, "mount the cell's /proc");
    if (mount_work() < 0)
        refuse(socket, MSG_CELL, "mount the work tmpfs");
    reply_with_work(socket, MSG_CELL);

    for (;;) {
        int fds[MAX_FDS], count;
        struct pollfd waits[2] = { { socket, POLLIN, 0 }, { runner_pidfd, POLLIN, 0 } };
        if (poll(waits, 2, -1) < 0)
            continue;
        if (waits[1].revents)
            runner_ended();
        if (!waits[0].revents)
            continue;
        long length = receive(socket, message, sizeof message - 1, fds, &count);
        if (length < (long)sizeof(uint32_t))
            _exit(length == 0 ? 0 : 1);
        uint32_t type;
        memcpy(&type, message, sizeof type);
        message[length] = 0;

        struct reply reply = { .type = type };
        if (type == MSG_RUNNER && count > 0) {
            start_runner(socket, fds, count);
        } else if (type == MSG_RESET && length == sizeof(struct work_size)) {
            reset(socket, (struct work_size *)message);
        } else if (type == MSG_MOUNT && count == 1) {
            if (attach(message + sizeof type, fds[0]) < 0)
                refuse(socket, type, "attach a mount");
            close(fds[0]);
            answer(socket, &reply, -1);
        } else if (type == MSG_SEAL) {
            seal();
            answer(socket, &reply, -1);
        } else {
            _exit(1);
        }
    }
}
