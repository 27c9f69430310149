#include <stdio.h>

int main(void)
{
    puts("stranded");
    return 0;
}
