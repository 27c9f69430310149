// The basket holds a thousand socks. One more is an error, and the program says so by its signal.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    static int basket[1000];
    int n, odd = 0;
    if (scanf("%d", &n) != 1)
        return 1;
    for (int i = 0; i < n; ++i) {
        if (i == 1000)
            abort();
        if (scanf("%d", &basket[i]) != 1)
            return 1;
        odd ^= basket[i];
    }
    printf("%d\n", odd);
    return 0;
}
