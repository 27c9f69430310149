// Hangs every lantern in front of the first dark house instead of further on.
#include <algorithm>
#include <iostream>
#include <vector>

int main()
{
    std::size_t n;
    long long r, lit = -1;
    std::cin >> n >> r;
    std::vector<long long> houses(n);
    for (auto &house : houses)
        std::cin >> house;
    std::sort(houses.begin(), houses.end());
    int lanterns = 0;
    for (const auto house : houses)
        if (house > lit) {
            ++lanterns;
            lit = house + r;
        }
    std::cout << lanterns << '\n';
}
