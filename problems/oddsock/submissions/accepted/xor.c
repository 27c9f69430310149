#include <stdio.h>

int main(void)
{
    int n, odd = 0;
    if (scanf("%d", &n) != 1)
        return 1;
    for (int pattern; scanf("%d", &pattern) == 1;)
        odd ^= pattern;
    printf("%d\n", odd);
    return 0;
}
