// @EXPECTED_SCORE@: 100
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <numeric>
#include <vector>

int main()
{
    int n;
    std::cin >> n;
    std::vector<int> x(n + 1, 0), y(n + 1, 0), round(n), best;
    for (int i = 1; i <= n; ++i)
        std::cin >> x[i] >> y[i];
    std::iota(round.begin(), round.end(), 1);
    int shortest = 1 << 30;
    do {
        int length = 0, here = 0;
        for (const int house : round) {
            length += std::abs(x[house] - x[here]) + std::abs(y[house] - y[here]);
            here = house;
        }
        length += std::abs(x[here]) + std::abs(y[here]);
        if (length < shortest) {
            shortest = length;
            best = round;
        }
    } while (std::next_permutation(round.begin(), round.end()));
    for (const int house : best)
        std::cout << house << ' ';
    std::cout << '\n';
}
