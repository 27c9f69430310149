// Does not know that 9 and 0 are neighbours.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char now[9], combination[9];
    if (scanf("%8s %8s", now, combination) != 2)
        return 1;
    int clicks = 0;
    for (int i = 0; now[i]; ++i)
        clicks += abs(now[i] - combination[i]);
    printf("%d\n", clicks);
    return 0;
}
