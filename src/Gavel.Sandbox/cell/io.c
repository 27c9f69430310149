/* Packets with descriptors, and nothing else. */
#include "cell.h"
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* One packet. Returns its length, 0 when the other side is gone, -1 when it is malformed; on -1 nothing stays open. */
long receive(int socket, void *buffer, size_t capacity, int *fds, int *fd_count)
{
    char control[CMSG_SPACE(MAX_FDS * sizeof(int))] __attribute__((aligned(8)));
    struct iovec data = { buffer, capacity };
    struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control };
    long length;

    *fd_count = 0;
    do
        length = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (length < 0 && errno == EINTR);
    if (length < 0)
        return errno == ECONNRESET ? 0 : -1;

    for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
            continue;
        size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count && *fd_count < MAX_FDS; i++)
            memcpy(&fds[(*fd_count)++], CMSG_DATA(part) + i * sizeof(int), sizeof(int));
    }

    if ((message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) || (length > 0 && length < (long)sizeof(uint32_t))) {
        while (*fd_count > 0)
            close(fds[--*fd_count]);
        return -1;
    }
    return length;
}

void answer(int socket, const struct reply *reply, int fd)
{
    char control[CMSG_SPACE(sizeof(int))] __attribute__((aligned(8))) = { 0 };
    struct iovec data = { (void *)reply, sizeof *reply };
    struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1 };

    if (fd >= 0) {
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        struct cmsghdr *part = CMSG_FIRSTHDR(&message);
        part->cmsg_level = SOL_SOCKET;
        part->cmsg_type = SCM_RIGHTS;
        part->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(part), &fd, sizeof(int));
    }
    while (sendmsg(socket, &message, MSG_NOSIGNAL) < 0 && errno == EINTR)
        ;
}

/* Reports errno and ends this process. */
void refuse(int socket, uint32_t type, const char *stage)
{
    struct reply reply = { .type = type, .error = errno ? errno : EPROTO };
    strncpy(reply.stage, stage, sizeof reply.stage - 1);
    answer(socket, &reply, -1);
    _exit(1);
}

/* Fills into[0..count) with the strings packed in text. Returns 0, or -1 unless there are exactly count of them. */
int split_strings(char *text, size_t length, char **into, size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        char *end = at < length ? memchr(text + at, 0, length - at) : NULL;
        if (!end)
            return -1;
        into[i] = text + at;
        at = (size_t)(end - text) + 1;
    }
    return at == length ? 0 : -1;
}

uint64_t now(int clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}
