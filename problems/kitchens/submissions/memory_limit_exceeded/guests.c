// Sets a table for every guest of the next century, and lays every single plate.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    for (int hall = 0; hall < 256; ++hall) {
        char *plates = malloc(16 << 20);
        if (plates == NULL)
            break;
        memset(plates, hall + 1, 16 << 20);
        if (plates[hall] == 0)
            return 1;
    }
    puts("impossible");
    return 0;
}
