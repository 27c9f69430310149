/* Memory and output. */
#include "guest.h"

#define BIG (512UL << 20)

static void touch(char *memory, size_t size)
{
    for (size_t i = 0; memory != MAP_FAILED && i < size; i += 4096)
        memory[i] = 1;
}

static char *map(size_t size, int flags) { return mmap(NULL, size, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS, -1, 0); }

ATTACK(memory_malloc) { for (;;) { char *p = malloc(1 << 20); if (p) memset(p, 1, 1 << 20); } }
ATTACK(memory_private) { touch(map(BIG, MAP_PRIVATE), BIG); }
ATTACK(memory_shared) { touch(map(BIG, MAP_SHARED), BIG); }
ATTACK(memory_huge_pages)
{
    char *p = map(BIG, MAP_PRIVATE | MAP_HUGETLB);
    puts(p == MAP_FAILED ? "refused" : "mapped");
    p = map(BIG, MAP_PRIVATE);
    madvise(p, BIG, MADV_HUGEPAGE);
    touch(p, BIG);
}
ATTACK(memory_reserved_only) { printf("%d\n", map(4UL << 30, MAP_PRIVATE | MAP_NORESERVE) != MAP_FAILED); }
ATTACK(memory_memfd)
{
    int fd = memfd_create("x", 0);
    if (ftruncate(fd, BIG) == 0)
        touch(mmap(NULL, BIG, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), BIG);
}
ATTACK(memory_memfd_written)
{
    static char block[1 << 20];
    int fd = memfd_create("x", 0);
    for (int i = 0; i < 512; i++)
        if (write(fd, block, sizeof block) < 0)
            break;
}
ATTACK(memory_locked) { MUST_FAIL(mlock(map(64 << 20, MAP_PRIVATE), 64 << 20)); }
ATTACK(memory_children)
{
    for (int i = 0; i < 16; i++)
        if (fork() == 0) {
            touch(map(BIG / 16, MAP_PRIVATE), BIG / 16);
            pause();
        }
    wait(NULL); /* for the first that is killed: the others would wait for ever */
}
ATTACK(memory_copied_on_write)
{
    char *p = map(48 << 20, MAP_PRIVATE);
    touch(p, 48 << 20);
    for (int i = 0; i < 8; i++)
        if (fork() == 0) {
            for (size_t at = 0; at < 48 << 20; at += 4096)
                p[at] = 2;
            pause();
        }
    while (wait(NULL) > 0)
        ;
}
ATTACK(memory_page_tables) /* one page in every two megabytes */
{
    char *p = map(1UL << 40, MAP_PRIVATE | MAP_NORESERVE);
    for (size_t at = 0; p != MAP_FAILED && at < 1UL << 40; at += 2 << 20)
        p[at] = 1;
}
ATTACK(memory_pipes)
{
    static char block[65536];
    int p[2];
    for (int i = 0; i < 100 && pipe(p) == 0; i++) {
        fcntl(p[1], F_SETPIPE_SZ, 1 << 20);
        fcntl(p[1], F_SETFL, O_NONBLOCK);
        while (write(p[1], block, sizeof block) > 0)
            ;
    }
    puts("done");
}
ATTACK(memory_sockets)
{
    static char block[65536];
    int pair[2];
    for (int i = 0; i < 100 && socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0; i++) {
        fcntl(pair[0], F_SETFL, O_NONBLOCK);
        while (write(pair[0], block, sizeof block) > 0)
            ;
    }
    puts("done");
}
static int recurse(int depth)
{
    volatile char frame[4096];
    frame[0] = (char)depth;
    return depth == 0 ? frame[0] : recurse(depth - 1) + frame[0];
}
ATTACK(stack_within) { printf("%d\n", recurse(10000) != 12345); }
ATTACK(stack_beyond) { printf("%d\n", recurse(100000000)); }
ATTACK(memory_fill_tmp)
{
    static char block[1 << 20];
    int fd = open("/tmp/fill", O_CREAT | O_WRONLY, 0666);
    for (int i = 0; i < 512; i++)
        if (write(fd, block, sizeof block) < 0) {
            printf("refused: %s\n", strerror(errno));
            break;
        }
}
ATTACK(memory_read_large_file) /* file cache is nobody's memory */
{
    static char block[1 << 20];
    int fd = open("/usr/lib/jvm/java-17-openjdk-amd64/lib/modules", O_RDONLY);
    while (fd >= 0 && read(fd, block, sizeof block) > 0)
        ;
    puts("done");
}
ATTACK(sysv_shared_memory) { MUST_FAIL(syscall(SYS_shmget, 0x1234, BIG, 01777)); }
ATTACK(sysv_semaphores) { MUST_FAIL(syscall(SYS_semget, 0x1234, 10, 01777)); }
ATTACK(sysv_messages) { MUST_FAIL(syscall(SYS_msgget, 0x1234, 01777)); }
ATTACK(posix_queue) { MUST_FAIL(syscall(SYS_mq_open, "left", O_CREAT | O_RDWR, 0666, NULL)); }
ATTACK(posix_shared_memory) { int fd = shm_open("/left", O_CREAT | O_RDWR, 0666); if (fd >= 0) puts("made"); }

ATTACK(output_endless) { static char block[65536]; for (;;) write(1, block, sizeof block); }
ATTACK(output_endless_errors) { static char block[65536]; for (;;) write(2, block, sizeof block); }
ATTACK(output_one_byte_writes) { for (;;) write(1, "x", 1); }
ATTACK(output_one_line) { static char block[65536]; memset(block, 'x', sizeof block); for (int i = 0; i < 16384; i++) write(1, block, sizeof block); }
ATTACK(output_closed) { close(1); close(2); }
ATTACK(output_by_children_after_exit)
{
    for (int i = 0; i < 5; i++)
        if (fork() == 0) {
            setsid();
            sleep(2);
            puts("ESCAPED late output");
            fflush(stdout);
            _exit(0);
        }
    puts("early");
    fflush(stdout);
}
ATTACK(output_end_sent_away) /* the pipe's end travels in a socket nobody reads */
{
    int pair[2], fd = 1;
    char control[CMSG_SPACE(sizeof(int))] = { 0 };
    struct iovec data = { "x", 1 };
    struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control };
    struct cmsghdr *part = CMSG_FIRSTHDR(&message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof(int));
    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) == 0) {
        memcpy(CMSG_DATA(part), &fd, sizeof fd);
        sendmsg(pair[0], &message, 0);
        memcpy(CMSG_DATA(part), &pair[1], sizeof fd);
        sendmsg(pair[0], &message, 0);
    }
    puts("sent");
}
ATTACK(file_endless) { static char block[65536]; int fd = open("/w/big", O_CREAT | O_WRONLY, 0666); for (;;) if (write(fd, block, sizeof block) < 0) exit(1); }
ATTACK(file_sparse) { int fd = open("/w/sparse", O_CREAT | O_WRONLY, 0666); if (ftruncate(fd, 1L << 40) < 0) exit(1); puts("ESCAPED"); }
ATTACK(files_many)
{
    char name[32];
    for (int i = 0; i < 200000; i++) {
        snprintf(name, sizeof name, "/w/%d", i);
        int fd = open(name, O_CREAT | O_WRONLY, 0666);
        if (fd < 0) {
            printf("refused at %s\n", i < 5000 ? "the limit" : "ESCAPED");
            return;
        }
        close(fd);
    }
    puts("ESCAPED no inode limit");
}
ATTACK(files_deep)
{
    for (int i = 0; i < 3000; i++)
        if (mkdir("d", 0777) < 0 || chdir("d") < 0)
            break;
    puts("made");
}
ATTACK(files_unlinked_but_open)
{
    static char block[1 << 20];
    int fd = open("/w/gone", O_CREAT | O_RDWR, 0666);
    unlink("/w/gone");
    for (int i = 0; i < 30; i++)
        write(fd, block, sizeof block);
    if (fork() == 0)
        for (;;)
            pause();
}
ATTACK(descriptors_many) { int i = 0; while (dup(0) >= 0) i++; printf("%s\n", i < 1024 ? "refused" : "ESCAPED"); }
ATTACK(core_dump) { struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY }; setrlimit(RLIMIT_CORE, &all); prctl(PR_SET_DUMPABLE, 1); abort(); }
