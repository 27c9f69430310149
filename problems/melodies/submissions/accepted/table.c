#include <stdio.h>

int main(void)
{
    enum { modulus = 1000000007 };
    static int ways[1001][102];
    int n, k, d, a, b;
    if (scanf("%d %d %d %d %d", &n, &k, &d, &a, &b) != 5)
        return 1;
    ways[1][a] = 1;
    for (int length = 2; length <= n; ++length)
        for (int note = 1; note <= k; ++note)
            for (int before = note - d < 1 ? 1 : note - d; before <= k && before <= note + d; ++before)
                ways[length][note] = (ways[length][note] + ways[length - 1][before]) % modulus;
    printf("%d\n", ways[n][b]);
    return 0;
}
