#include <stdio.h>
#include <stdlib.h>

static int ascending(const void *a, const void *b)
{
    const long long x = *(const long long *)a, y = *(const long long *)b;
    return (x > y) - (x < y);
}

int main(void)
{
    static long long houses[100000];
    int n, lanterns = 0;
    long long r, lit = -1;
    if (scanf("%d %lld", &n, &r) != 2)
        return 1;
    for (int i = 0; i < n; ++i)
        if (scanf("%lld", &houses[i]) != 1)
            return 1;
    qsort(houses, n, sizeof *houses, ascending);
    for (int i = 0; i < n; ++i) {
        if (houses[i] > lit) {
            ++lanterns;
            lit = houses[i] + 2 * r;
        }
    }
    printf("%d\n", lanterns);
    return 0;
}
