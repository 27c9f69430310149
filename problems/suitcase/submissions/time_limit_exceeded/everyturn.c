// Tries every number of clicks from -9 to 9 on every wheel: 19^8 ways.
#include <stdio.h>
#include <stdlib.h>

static char now[9], combination[9];
static volatile int best = 1000;

static void turn(int wheel, int clicks)
{
    if (now[wheel] == '\0') {
        best = clicks < best ? clicks : best;
        return;
    }
    for (int by = -9; by <= 9; ++by) {
        // Looks at the lock only at the very end, because looking hurts the eyes.
        const int opens = (now[wheel] - '0' + by + 10) % 10 == combination[wheel] - '0';
        turn(wheel + 1, clicks + (opens ? abs(by) : 100));
    }
}

int main(void)
{
    if (scanf("%8s %8s", now, combination) != 2)
        return 1;
    turn(0, 0);
    printf("%d\n", best);
    return 0;
}
