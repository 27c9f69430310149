// std::stable_sort merges: about n log n weighings. std::endl flushes.
#include <algorithm>
#include <iostream>
#include <numeric>
#include <vector>

int main()
{
    int n;
    std::cin >> n;
    std::vector<int> wheels(n);
    std::iota(wheels.begin(), wheels.end(), 1);
    std::stable_sort(wheels.begin(), wheels.end(), [](int i, int j) {
        std::cout << "? " << i << ' ' << j << std::endl;
        char answer;
        std::cin >> answer;
        return answer == '<';
    });
    std::cout << '!';
    for (const int wheel : wheels)
        std::cout << ' ' << wheel;
    std::cout << std::endl;
}
