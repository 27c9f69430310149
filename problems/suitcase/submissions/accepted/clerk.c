#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char now[9], combination[9];
    if (scanf("%8s %8s", now, combination) != 2)
        return 1;
    int clicks = 0;
    for (size_t i = 0; i < strlen(now); ++i) {
        const int apart = abs(now[i] - combination[i]);
        clicks += apart < 5 ? apart : 10 - apart;
    }
    printf("%d\n", clicks);
    return 0;
}
