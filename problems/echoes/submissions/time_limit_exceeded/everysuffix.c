// Compares every suffix with its mirror image, letter by letter, and never stops at the first difference.
#include <stdio.h>
#include <string.h>

int main(void)
{
    static char word[200001];
    if (scanf("%200000s", word) != 1)
        return 1;
    const size_t length = strlen(word);
    size_t longest = 0;
    for (size_t start = 0; start < length; ++start) {
        volatile int differences = 0;
        for (size_t i = start; i < length; ++i)
            differences = differences + (word[i] != word[length - 1 - (i - start)]);
        if (differences == 0 && length - start > longest)
            longest = length - start;
    }
    fputs(word, stdout);
    for (size_t i = length - longest; i > 0; --i)
        putchar(word[i - 1]);
    putchar('\n');
    return 0;
}
