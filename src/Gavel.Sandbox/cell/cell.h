/*
 * Theory of operation
 * ===================
 * gavel-cell is the stage between clone and exec, where managed code cannot run. It holds no policy: paths, limits, the
 * syscall filter and every decision come from Gavel.Sandbox (C#) over sequenced-packet sockets. Four roles, one binary:
 *
 *   launcher   spawned once per slot with the privileges of Gavel. Joins the slot's cgroups, makes the namespaces (user,
 *              mount, pid, net, uts, ipc, cgroup), then only waits for the host. Gavel writes the id maps.
 *     host     pid 1 of the slot. Root of its user namespace, nobody outside. Builds the read-only root, pivots into it,
 *              then makes a cell whenever it is told to (MSG_CELL) and reaps the old ones.
 *       init   pid 1 of one cell (own pid, mount and ipc namespace). Mounts /proc and the work tmpfs, renews the tmpfs
 *              when it is told to (a run left something in it), makes the Landlock ruleset, starts the runner.
 *         runner  no capability but kill/setuid/setgid, no_new_privs, the syscall filter loaded. Starts one command at a
 *              time (vfork, unprivileged uid, Landlock, exec), kills everything else in the cell when it ends or when it
 *              is told to, and reports. Programs inherit the filter from it for nothing.
 *
 * Who may harm whom: a program has another uid than init and runner, no capability, cannot name anything outside its pid
 * namespace, and holds no descriptor but 0, 1 and 2. When Gavel dies, the sockets close, the host exits, and the kernel
 * kills everything below it: no clean-up code has to run for that.
 *
 * Descriptors: init and runner share one table (CLONE_FILES), so that init can renew RULESET_FD under the runner. Programs
 * get a copy of the table that is closed before exec.
 *
 * Everything is single-threaded and allocates nothing. A malformed message ends the process that got it, and with it the
 * cell or the slot; C# sees the socket close and reports a fault.
 */
#ifndef GAVEL_CELL_H
#define GAVEL_CELL_H

#define _GNU_SOURCE
#include <stddef.h>
#include <stdint.h>

enum message {
    MSG_SETUP = 1, /* to launcher: struct setup, filter, operations; descriptors: cgroup files to join */
    MSG_CELL,      /* to host: struct work_size; descriptor: the new init's socket */
    MSG_RUNNER,    /* to init: descriptors: the runner's socket, on cgroup v2 also the cgroup to start in */
    MSG_MOUNT,     /* to init: target path; descriptor: a detached mount */
    MSG_SEAL,      /* to init: make the mount points that MSG_MOUNT made read-only */
    MSG_RESET,     /* to init: struct work_size; renew the work tmpfs */
    MSG_RUN,       /* to runner: struct run, strings; descriptors: standard input, output, error */
    MSG_KILL,      /* to runner: end the run */
    MSG_ROOT,      /* to the host to be: the id maps are written, build the root */
    MSG_TREE,      /* to a rootless host: host path; answered with a detached, read-only copy of the mount */
};

#define MAX_MESSAGE (192 * 1024)
#define MAX_FDS 8
#define MAX_STRINGS 4096
#define RULESET_FD 100
#define SIGNAL_FD 101

#define READ_ONLY (MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV)

enum {
    FLAG_ONE_USER = 1,    /* only one user could be mapped: inside_root and inside_user are the same */
    FLAG_NO_LANDLOCK = 2, /* tests take layers away */
    FLAG_ROOTLESS = 4,    /* Gavel is not root: it asks for MSG_TREE, and watches a cell by its /proc */
};

struct setup {
    uint32_t type;
    uint32_t flags;
    uint32_t inside_root, outside_root; /* uid and gid of host, init and runner */
    uint32_t inside_user, outside_user; /* uid and gid of programs */
    uint32_t filter_length;             /* bytes of BPF that follow */
    uint32_t operations_length;         /* bytes of root operations that follow the filter */
};

struct work_size {
    uint32_t type;
    uint32_t inodes; /* 0 in MSG_RESET: keep the present size */
    uint64_t bytes;
};

struct run {
    uint32_t type;
    uint32_t argument_count, environment_count; /* NUL-terminated strings that follow */
    uint32_t cpu_seconds;
    uint64_t file_size, open_files, stack, data, processes; /* ~0: no limit of its own */
};

/* The answer to every message. error is 0 or an errno, with the step that failed in stage. */
struct reply {
    uint32_t type;
    int32_t error;
    int32_t status;         /* MSG_RUN: wait status; MSG_SETUP, MSG_CELL: pid */
    uint32_t flag;          /* MSG_RUN: 1 when exec failed */
    uint64_t start, end;    /* MSG_RUN: CLOCK_MONOTONIC, ns */
    uint64_t cpu, own;      /* MSG_RUN: CPU time of what was reaped, and of the runner itself since its last answer; ns */
    uint64_t peak;          /* MSG_RUN: the most memory one process had resident, bytes */
    char stage[24];
};

/* io.c */
long receive(int socket, void *buffer, size_t capacity, int *fds, int *fd_count);
void answer(int socket, const struct reply *reply, int fd);
void refuse(int socket, uint32_t type, const char *stage) __attribute__((noreturn));
int split_strings(char *text, size_t length, char **into, size_t count);
uint64_t now(int clock);

/* root.c */
extern struct setup the_setup;
extern const unsigned char *the_filter;
void build_root(int socket, char *operations, size_t length);
int detached_tree(const char *path, uint64_t attributes);
int move_detached(int fd, const char *target);
int attach_at(char *target, int tree);

/* host.c */
void host(int socket) __attribute__((noreturn));

/* init.c */
void cell_init(int socket, const struct work_size *size) __attribute__((noreturn));

/* runner.c */
int parse_run(char *message, size_t length, struct run *run, char **arguments, char **environment);
void prepare_runners(int socket);
void runner(int socket) __attribute__((noreturn));

#endif
