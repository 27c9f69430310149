// Looks for a pattern that occurs exactly once, although the odd one may occur three times.
#include <algorithm>
#include <iostream>
#include <vector>

int main()
{
    std::ios::sync_with_stdio(false);
    std::size_t n;
    std::cin >> n;
    std::vector<int> socks(n);
    for (auto &sock : socks)
        std::cin >> sock;
    std::sort(socks.begin(), socks.end());
    for (std::size_t i = 0; i < n; ++i) {
        const bool before = i > 0 && socks[i - 1] == socks[i], after = i + 1 < n && socks[i + 1] == socks[i];
        if (!before && !after) {
            std::cout << socks[i] << '\n';
            return 0;
        }
    }
    std::cout << "none\n";
}
