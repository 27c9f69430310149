#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int n;
    char answer[2];
    if (scanf("%d", &n) != 1 || n < 2)
        abort();
    puts("? 1 2");
    fflush(stdout);
    if (scanf("%1s", answer) == 1)
        abort();
    return 0;
}
