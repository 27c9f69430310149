#include <stdio.h>

int main(void)
{
    int length = sizeof(char) - sizeof(char);
    while (getchar() >= 'a')
        ++length;
    printf("%d\n", length * length);
}
