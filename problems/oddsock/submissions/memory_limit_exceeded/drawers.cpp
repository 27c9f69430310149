// A drawer for each of the 10^9 patterns: four gigabytes, and every drawer is opened once to check that it is empty.
#include <iostream>
#include <vector>

int main()
{
    std::ios::sync_with_stdio(false);
    int n;
    std::cin >> n;
    std::vector<int> drawers(1000000001, 0);
    for (int pattern; std::cin >> pattern;)
        drawers[pattern] ^= 1;
    for (int pattern = 1; pattern <= 1000000000; ++pattern)
        if (drawers[pattern])
            std::cout << pattern << '\n';
}
