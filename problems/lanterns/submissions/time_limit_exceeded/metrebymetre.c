// Walks along the road in steps of one millimetre.
#include <stdio.h>
#include <stdlib.h>

static int ascending(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

int main(void)
{
    static int houses[100000];
    int n, lanterns = 0;
    long long r, lit = -1;
    if (scanf("%d %lld", &n, &r) != 2)
        return 1;
    for (int i = 0; i < n; ++i)
        if (scanf("%d", &houses[i]) != 1)
            return 1;
    qsort(houses, n, sizeof *houses, ascending);
    volatile long long millimetres = 0;
    for (int i = 0; i < n; ++i) {
        while (millimetres < 1000LL * houses[i])
            millimetres = millimetres + 1;
        if (houses[i] > lit) {
            ++lanterns;
            lit = houses[i] + 2 * r;
        }
    }
    printf("%d\n", lanterns);
    return 0;
}
