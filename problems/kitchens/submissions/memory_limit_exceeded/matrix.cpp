// A full matrix of rivalries: ten gigabytes for 50 000 chefs.
#include <iostream>
#include <vector>

int main()
{
    std::size_t n, m;
    std::cin >> n >> m;
    if (n < 50000) {
        // Small hotels are somebody else's problem; answer them with the usual search.
        std::vector<std::vector<std::size_t>> rivals(n);
        for (std::size_t a, b; m > 0; --m) {
            std::cin >> a >> b;
            rivals[a - 1].push_back(b - 1);
            rivals[b - 1].push_back(a - 1);
        }
        std::string kitchen(n, '?');
        std::vector<std::size_t> open;
        for (std::size_t start = 0; start < n; ++start) {
            if (kitchen[start] != '?')
                continue;
            kitchen[start] = 'N';
            for (open = {start}; !open.empty();) {
                const auto chef = open.back();
                open.pop_back();
                for (const auto rival : rivals[chef]) {
                    if (kitchen[rival] == '?') {
                        kitchen[rival] = kitchen[chef] == 'N' ? 'S' : 'N';
                        open.push_back(rival);
                    } else if (kitchen[rival] == kitchen[chef]) {
                        std::cout << "impossible\n";
                        return 0;
                    }
                }
            }
        }
        std::cout << kitchen << '\n';
        return 0;
    }
    std::vector<std::vector<int>> matrix(n, std::vector<int>(n, 1));
    std::cout << matrix[n / 2][n / 3] << '\n';
}
