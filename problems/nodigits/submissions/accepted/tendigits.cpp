#include <cstdio>

int main()
{
    char word[1000];
    if (std::scanf("%999s", word) != 1)
        return 1;
    int length = 0;
    while (word[length])
        ++length;
    std::printf("%d\n", length * length);
}
