#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <numeric>
#include <string>

int main()
{
    std::string now, combination;
    std::cin >> now >> combination;
    std::cout << std::inner_product(now.begin(), now.end(), combination.begin(), 0, std::plus<>(), [](char a, char b) {
        const int apart = std::abs(a - b);
        return std::min(apart, 10 - apart);
    }) << '\n';
}
