// The road is expected to end after a kilometre; the exception is not caught.
#include <algorithm>
#include <iostream>
#include <stdexcept>
#include <vector>

int main()
{
    std::size_t n;
    long long r, lit = -1;
    std::cin >> n >> r;
    std::vector<long long> houses(n);
    for (auto &house : houses) {
        std::cin >> house;
        if (house > 1000)
            throw std::out_of_range("the road ends here");
    }
    std::sort(houses.begin(), houses.end());
    int lanterns = 0;
    for (const auto house : houses)
        if (house > lit) {
            ++lanterns;
            lit = house + 2 * r;
        }
    std::cout << lanterns << '\n';
}
