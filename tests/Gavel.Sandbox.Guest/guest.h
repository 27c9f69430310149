/* What every attack uses. An attack that gets what it must not get says ESCAPED; one that is refused says so and goes on. */
#ifndef GUEST_H
#define GUEST_H
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

typedef void (*attack_function)(void);
struct attack { const char *name; attack_function run; };

#define MUST_FAIL(call) \
    do { \
        errno = 0; \
        if ((long)(call) >= 0) \
            printf("ESCAPED %s\n", #call); \
        else \
            printf("refused %s: %s\n", #call, strerror(errno)); \
        fflush(stdout); \
    } while (0)

/* Registers an attack: the linker collects them in one array. */
#define ATTACK(name) \
    static void name(void); \
    static const struct attack name##_entry __attribute__((used, section("attacks"), aligned(sizeof(void *)))) = { #name, name }; \
    static void name(void)

#endif
