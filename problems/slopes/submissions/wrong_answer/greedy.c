// Takes every hut that is higher than the last one taken, beginning with the first.
#include <stdio.h>

int main(void)
{
    int n, height, last = -1, nights = 0;
    if (scanf("%d", &n) != 1)
        return 1;
    while (scanf("%d", &height) == 1) {
        if (height > last) {
            last = height;
            ++nights;
        }
    }
    printf("%d\n", nights);
    return 0;
}
