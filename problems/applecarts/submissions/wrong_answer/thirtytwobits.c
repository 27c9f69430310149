// Reads 64 bits but adds only the low 32 of them.
#include <stdint.h>
#include <stdio.h>

int main(void)
{
    long long a, b;
    if (scanf("%lld %lld", &a, &b) != 2)
        return 1;
    printf("%lu\n", (unsigned long)(uint32_t)(a + b));
    return 0;
}
