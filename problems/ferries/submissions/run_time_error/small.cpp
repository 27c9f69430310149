// Two islands were enough when this was written.
#include <array>
#include <iostream>

int main()
{
    std::size_t n, m;
    std::cin >> n >> m;
    std::array<int, 2> islands{};
    islands.at(n + m) = 1;
    std::cout << "stranded\n";
}
