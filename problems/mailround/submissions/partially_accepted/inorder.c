// Visits the houses in the order of their numbers.
#include <stdio.h>

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    for (int house = 1; house <= n; ++house)
        printf("%d ", house);
    puts("");
    return 0;
}
