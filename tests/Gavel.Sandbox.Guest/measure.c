/* Programs that use exactly so much of something, to check what is reported. The amount is the second argument. */
#include "guest.h"
#include <time.h>

static long amount;
__attribute__((constructor)) static void read_amount(int argc, char **argv) { amount = argc > 2 ? atol(argv[2]) : 0; }

static double cpu_ms(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

ATTACK(measure_cpu)
{
    while (cpu_ms(CLOCK_PROCESS_CPUTIME_ID) < (double)amount)
        ;
    printf("%.3f\n", cpu_ms(CLOCK_PROCESS_CPUTIME_ID));
}
ATTACK(measure_wall) { usleep((unsigned)amount * 1000); }
ATTACK(measure_anonymous)
{
    size_t size = (size_t)amount << 20;
    memset(mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 1, size);
}
ATTACK(measure_stack)
{
    size_t size = (size_t)amount << 20;
    volatile char *stack = alloca(size);
    for (size_t at = size; at > 0; at -= 4096)
        stack[at - 1] = 1;
}
ATTACK(measure_tmpfs)
{
    static char block[1 << 20];
    int file = open("/w/file", O_CREAT | O_WRONLY, 0666);
    for (long i = 0; i < amount; i++)
        if (write(file, block, sizeof block) != sizeof block)
            exit(1);
}
ATTACK(measure_freed_again)
{
    size_t size = (size_t)amount << 20;
    char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(memory, 1, size);
    munmap(memory, size);
}
