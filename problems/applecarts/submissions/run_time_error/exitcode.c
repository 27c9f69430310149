// The answer is right, but a non-zero exit code is a run-time error all the same.
#include <stdio.h>

int main(void)
{
    long long a, b;
    if (scanf("%lld %lld", &a, &b) != 2)
        return 2;
    printf("%lld\n", a + b);
    return a + b > 7;
}
