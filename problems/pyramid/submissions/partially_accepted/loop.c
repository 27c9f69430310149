// @EXPECTED_GRADES@ AC AC TLE
// Counts layer by layer.
#include <stdio.h>

int main(void)
{
    long long n;
    volatile long long balls = 0;
    if (scanf("%lld", &n) != 1)
        return 1;
    for (long long layer = n; layer > 0; --layer)
        balls = (balls + layer % 1000000007 * (layer % 1000000007)) % 1000000007;
    printf("%lld\n", (long long)balls);
    return 0;
}
