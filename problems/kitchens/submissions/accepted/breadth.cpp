#include <iostream>
#include <queue>
#include <string>
#include <vector>

int main()
{
    std::ios::sync_with_stdio(false);
    std::size_t n, m;
    std::cin >> n >> m;
    std::vector<std::vector<std::size_t>> rivals(n);
    for (std::size_t a, b; m > 0; --m) {
        std::cin >> a >> b;
        rivals[a - 1].push_back(b - 1);
        rivals[b - 1].push_back(a - 1);
    }

    std::string kitchen(n, '?');
    for (std::size_t start = 0; start < n; ++start) {
        if (kitchen[start] != '?')
            continue;
        kitchen[start] = 'N';
        std::queue<std::size_t> open({start});
        for (; !open.empty(); open.pop()) {
            const auto chef = open.front();
            for (const auto rival : rivals[chef]) {
                if (kitchen[rival] == '?') {
                    kitchen[rival] = kitchen[chef] == 'N' ? 'S' : 'N';
                    open.push(rival);
                } else if (kitchen[rival] == kitchen[chef]) {
                    std::cout << "impossible\n";
                    return 0;
                }
            }
        }
    }
    std::cout << kitchen << '\n';
}
