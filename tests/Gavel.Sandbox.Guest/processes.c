/* Fork bombs, daemons, signals, CPU time. */
#include "guest.h"
#include <pthread.h>
#include <sys/timerfd.h>

static void spin(void)
{
    for (volatile unsigned long i = 0;; i++)
        ;
}

static void *spin_thread(void *unused)
{
    spin();
    return unused;
}

static void *sleep_thread(void *unused)
{
    pause();
    return unused;
}

ATTACK(fork_bomb) { for (;;) fork(); }
ATTACK(fork_bomb_ignoring_signals)
{
    for (int s = 1; s < 64; s++)
        signal(s, SIG_IGN);
    for (;;)
        if (fork() == 0)
            setsid();
}
ATTACK(fork_bomb_that_stops_itself)
{
    for (;;)
        if (fork() == 0)
            raise(SIGSTOP);
}
ATTACK(vfork_bomb)
{
    for (;;)
        if (vfork() == 0)
            execl("/proc/self/exe", "guest", "vfork_bomb", NULL);
}
ATTACK(clone_bomb) { for (;;) syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }
ATTACK(clone_parent_bomb) { for (;;) syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0); }
ATTACK(thread_bomb)
{
    pthread_t thread;
    for (;;)
        pthread_create(&thread, NULL, sleep_thread, NULL);
}
ATTACK(exec_loop) { execl("/proc/self/exe", "guest", "exec_loop", NULL); }
ATTACK(fork_exec_chain) /* a new pid every time: hard to kill by pid */
{
    for (;;)
        if (fork() != 0)
            _exit(0);
}
ATTACK(zombies)
{
    for (int i = 0; i < 100000; i++)
        if (fork() == 0)
            _exit(0);
}
ATTACK(orphans_in_sequence) /* must not use up the process limit: init and runner reap */
{
    for (int i = 0; i < 300; i++) {
        pid_t child = fork();
        if (child == 0) {
            if (fork() == 0)
                _exit(0);
            _exit(0);
        }
        if (child < 0 || waitpid(child, NULL, 0) < 0) {
            printf("fork %d failed\n", i);
            exit(1);
        }
    }
    puts("fine");
}
ATTACK(double_fork_daemon)
{
    if (fork() == 0) {
        setsid();
        if (fork() != 0)
            _exit(0);
        for (;;) {
            int file = open("/w/daemon", O_CREAT | O_WRONLY | O_APPEND, 0666);
            write(file, "x", 1);
            close(file);
            usleep(1000);
        }
    }
    usleep(50000);
}
ATTACK(daemon_holding_output)
{
    if (fork() == 0) {
        setsid();
        for (;;)
            pause();
    }
}
ATTACK(daemon_with_clone_untraced) { if (syscall(SYS_clone, 0, 0, 0, 0, 0) == 0) for (;;) pause(); } /* no exit signal */
ATTACK(daemon_that_ignores_everything)
{
    if (fork() == 0) {
        for (int s = 1; s < 64; s++)
            signal(s, SIG_IGN);
        setsid();
        for (;;)
            pause();
    }
}
ATTACK(own_subreaper)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (fork() == 0) {
        if (fork() == 0)
            for (;;)
                pause();
        _exit(0);
    }
    wait(NULL);
}
ATTACK(kill_everybody) { kill(-1, SIGKILL); puts("still here"); }
ATTACK(kill_init) { MUST_FAIL(kill(1, SIGKILL)); MUST_FAIL(kill(1, SIGTERM)); }
ATTACK(kill_runner) { MUST_FAIL(kill(getppid(), SIGKILL)); MUST_FAIL(kill(getppid(), SIGSTOP)); }
ATTACK(kill_group) { kill(0, SIGKILL); }
ATTACK(stop_self) { raise(SIGSTOP); }
ATTACK(kill_self) { kill(getpid(), SIGKILL); }
ATTACK(guess_pids) { for (int pid = 1; pid < 40000; pid++) if (pid != getpid() && kill(pid, 0) == 0) printf("ESCAPED sees %d\n", pid); }
ATTACK(raise_abort) { raise(SIGABRT); }
ATTACK(segfault) { *(volatile int *)8 = 1; }
ATTACK(division) { volatile int one = 1, zero = 0; printf("%d", one / zero); }
ATTACK(broken_pipe) { int p[2]; if (pipe(p) == 0) { close(p[0]); write(p[1], "x", 1); } }

ATTACK(cpu_spin) { spin(); }
ATTACK(cpu_threads)
{
    pthread_t thread;
    for (int i = 0; i < 4; i++)
        pthread_create(&thread, NULL, spin_thread, NULL);
    pause();
}
ATTACK(cpu_children)
{
    for (int i = 0; i < 3; i++)
        if (fork() == 0)
            spin();
    pause();
}
ATTACK(cpu_forgotten_child) /* its time counts although nobody waits for it */
{
    if (fork() == 0) {
        setsid();
        if (fork() == 0)
            spin();
        _exit(0);
    }
    pause();
}
ATTACK(cpu_sequence_of_children)
{
    for (;;) {
        pid_t child = fork();
        if (child == 0) {
            for (volatile int i = 0; i < 3000000; i++)
                ;
            _exit(0);
        }
        waitpid(child, NULL, 0);
    }
}
static void ignore(int signal) { (void)signal; }
ATTACK(cpu_sigxcpu_caught)
{
    signal(SIGXCPU, ignore);
    signal(SIGTERM, SIG_IGN);
    spin();
}
static void spin_in_handler(int signal)
{
    (void)signal;
    spin();
}
ATTACK(cpu_in_signal_handler)
{
    struct itimerval soon = { { 0, 0 }, { 0, 1000 } };
    signal(SIGALRM, spin_in_handler);
    setitimer(ITIMER_REAL, &soon, NULL);
    for (;;)
        pause();
}
ATTACK(cpu_in_the_kernel_by_reading)
{
    static char buffer[1 << 20];
    int zero = open("/dev/zero", O_RDONLY);
    for (;;)
        read(zero, buffer, sizeof buffer);
}
ATTACK(cpu_in_the_kernel_by_faults)
{
    for (;;) {
        char *page = mmap(NULL, 1 << 22, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
        munmap(page, 1 << 22);
    }
}
ATTACK(cpu_limits_raised)
{
    struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };
    MUST_FAIL(setrlimit(RLIMIT_CPU, &none));
    MUST_FAIL(setpriority(PRIO_PROCESS, 0, -10));
    struct sched_param param = { 10 };
    MUST_FAIL(sched_setscheduler(0, SCHED_FIFO, &param));
    spin();
}
ATTACK(sleep_long) { sleep(1000); }
ATTACK(sleep_in_children)
{
    for (int i = 0; i < 10; i++)
        if (fork() == 0)
            pause();
    while (wait(NULL) > 0)
        ;
}
ATTACK(sleep_on_futex) { int word = 0; syscall(SYS_futex, &word, 0, 0, NULL, NULL, 0); }
ATTACK(deadlocked_pipe) { int p[2]; char c; if (pipe(p) == 0) read(p[0], &c, 1); }
ATTACK(timers_left) { int fd = timerfd_create(CLOCK_MONOTONIC, 0); struct itimerspec s = { { 0, 1000 }, { 0, 1000 } }; timerfd_settime(fd, 0, &s, NULL); if (fork() == 0) pause(); }
