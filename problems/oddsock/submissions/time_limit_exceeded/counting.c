// Counts for every sock how often its pattern occurs in the whole pile.
#include <stdio.h>

static int socks[1200000];

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    for (int i = 0; i < n; ++i)
        if (scanf("%d", &socks[i]) != 1)
            return 1;
    for (int i = n - 1, done = 0; i >= 0; --i) {
        volatile int count = 0;
        for (int j = 0; j < n; ++j)
            if (socks[j] == socks[n - 1 - i])
                count = count + 1;
        if (count % 2 == 1 && !done++)
            printf("%d\n", socks[n - 1 - i]);
    }
    return 0;
}
