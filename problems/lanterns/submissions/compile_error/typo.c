#include <stdio.h>

int main(void)
{
    int lanterns = 0
    printf("%d\n", lanterns)
    return 0;
}
