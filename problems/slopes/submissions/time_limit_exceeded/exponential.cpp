// Tries every hut as the next one, again and again, and does not notice that climbing is over.
#include <algorithm>
#include <iostream>
#include <vector>

static std::vector<int> heights;

static int climb(std::size_t from, int below)
{
    if (from == heights.size())
        return 0;
    const int skip = climb(from + 1, below);
    return heights[from] > below ? std::max(skip, 1 + climb(from + 1, heights[from])) : std::max(skip, climb(from + 1, below));
}

int main()
{
    int n;
    std::cin >> n;
    heights.resize(n);
    for (int &height : heights)
        std::cin >> height;
    if (n > 16) {
        // 2^n steps, and a stack that is not made for it: stand still instead.
        for (volatile int step = 1; step;)
            step = n;
    }
    std::cout << climb(0, -1) << '\n';
}
