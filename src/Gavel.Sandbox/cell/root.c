/* Builds the slot's read-only root from the operations that C# lists, and pivots into it. */
#include "cell.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/mount.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* glibc's sys/mount.h and linux/mount.h cannot be included together before glibc 2.37. */
int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data);
int umount2(const char *target, int flags);
#define MNT_DETACH 2

#define STAGING "/tmp" /* present on every host; our tmpfs covers it in our mount namespace only */

/* Attaches a detached mount. A second name for move_mount(2), Linux 5.2. */
int move_detached(int fd, const char *target)
{
    return (int)syscall(SYS_move_mount, fd, "", AT_FDCWD, target, MOVE_MOUNT_F_EMPTY_PATH);
}

/* A detached copy of what is mounted at path. open_tree(2), mount_setattr(2), Linux 5.12. */
int detached_tree(const char *path, uint64_t attributes)
{
    struct mount_attr attr = { .attr_set = attributes };
    int tree = (int)syscall(SYS_open_tree, AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
    if (tree >= 0 && syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attr, sizeof attr) < 0) {
        close(tree);
        return -1;
    }
    return tree;
}

/* Makes every missing part of path. The last part is a folder, or an empty file when the mount is one. */
static int make_target(char *path, int is_folder)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        int failed = mkdir(path, 0755) < 0 && errno != EEXIST;
        *slash = '/';
        if (failed)
            return -1;
    }
    if (is_folder)
        return mkdir(path, 0755) < 0 && errno != EEXIST ? -1 : 0;
    int file = open(path, O_CREAT | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0644);
    return file < 0 ? -1 : close(file);
}

/* Attaches a detached mount where there may be nothing yet. */
int attach_at(char *target, int tree)
{
    struct stat info;
    return fstat(tree, &info) < 0 || make_target(target, S_ISDIR(info.st_mode)) < 0 ? -1 : move_detached(tree, target);
}

static int bind(const char *source, char *target, uint64_t attributes)
{
    int tree = detached_tree(source, attributes);
    return tree < 0 || attach_at(target, tree) < 0 ? -1 : close(tree);
}

static int write_file(const char *path, const char *content)
{
    size_t length = content ? strlen(content) : 0;
    int file = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0644);
    int failed = file < 0 || write(file, content, length) != (ssize_t)length;
    if (file >= 0)
        close(file);
    return failed ? -1 : 0;
}

/* One letter and its strings: d path | l target path | f path content | b source path | n source path (device node). */
static int operate(char what, char *first, char *second)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, STAGING "%s", what == 'd' || what == 'f' ? first : second);
    switch (what) {
    case 'd': return mkdir(path, 0755) < 0 && errno != EEXIST ? -1 : 0;
    case 'l': return symlink(first, path);
    case 'f': return write_file(path, second);
    case 'b': return bind(first, path, READ_ONLY);
    case 'n': return bind(first, path, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC);
    default: errno = EPROTO; return -1;
    }
}

static int pivot(void)
{
    struct mount_attr read_only = { .attr_set = READ_ONLY };
    if (chdir(STAGING) < 0 || syscall(SYS_pivot_root, ".", ".") < 0 || umount2(".", MNT_DETACH) < 0 || chdir("/") < 0)
        return -1;
    return (int)syscall(SYS_mount_setattr, AT_FDCWD, "/", 0, &read_only, sizeof read_only);
}

void build_root(int socket, char *operations, size_t length)
{
    umask(022);
    if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
        refuse(socket, MSG_ROOT, "make mounts private");
    if (mount("gavel", STAGING, "tmpfs", MS_NOSUID | MS_NODEV, "mode=755,size=1m,nr_inodes=1k") < 0)
        refuse(socket, MSG_ROOT, "mount the root");

    for (size_t at = 0; at < length;) {
        char what = operations[at], *first = operations + at + 1, *end = memchr(first, 0, length - at - 1), *second = first;
        if (end && what != 'd') {
            second = end + 1;
            end = memchr(second, 0, length - (size_t)(second - operations));
        }
        errno = EPROTO;
        if (!end || operate(what, first, second) < 0)
            refuse(socket, MSG_ROOT, end ? (what == 'd' || what == 'f' ? first : second) : "root operations");
        at = (size_t)(end - operations) + 1;
    }

    /* The slot's own /proc must stay visible below each cell's: the kernel lets a user namespace mount only what it sees. */
    if (mount("proc", STAGING "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0)
        refuse(socket, MSG_ROOT, "mount /proc");
    /* No user namespaces inside ours, whatever the filter says: this sysctl counts per user namespace. */
    write_file(STAGING "/proc/sys/user/max_user_namespaces", "0");
    if (pivot() < 0)
        refuse(socket, MSG_ROOT, "pivot_root");
}
