#include <algorithm>
#include <iostream>
#include <vector>

int main()
{
    std::ios::sync_with_stdio(false);
    std::size_t n;
    long long r;
    std::cin >> n >> r;
    std::vector<long long> houses(n);
    for (auto &house : houses)
        std::cin >> house;
    std::sort(houses.begin(), houses.end());

    // The leftmost dark house wants its lantern as far to the right as it can be.
    int lanterns = 0;
    long long lit = -1;
    for (const auto house : houses)
        if (house > lit) {
            ++lanterns;
            lit = house + 2 * r;
        }
    std::cout << lanterns << '\n';
}
