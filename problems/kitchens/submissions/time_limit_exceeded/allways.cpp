// Tries all 2^n assignments, counting upwards in binary.
#include <iostream>
#include <string>
#include <vector>

int main()
{
    std::size_t n, m;
    std::cin >> n >> m;
    std::vector<std::pair<std::size_t, std::size_t>> pairs(m);
    for (auto &[a, b] : pairs)
        std::cin >> a >> b;
    for (std::string kitchen(n, 'N');;) {
        bool peaceful = true;
        for (const auto &[a, b] : pairs)
            peaceful &= kitchen[a - 1] != kitchen[b - 1];
        if (peaceful) {
            std::cout << kitchen << '\n';
            return 0;
        }
        const auto digit = kitchen.rfind('N');
        if (digit == std::string::npos)
            break;
        kitchen.replace(digit, std::string::npos, "S" + std::string(n - digit - 1, 'N'));
    }
    std::cout << "impossible\n";
}
