// Moves the apples one by one. The counter is volatile so that no compiler is clever about it.
#include <cstdint>
#include <iostream>

int main()
{
    std::int64_t a, b;
    std::cin >> a >> b;
    volatile std::int64_t total = a;
    for (std::int64_t moved = 0; moved < b; ++moved)
        total = total + 1;
    // Small second carts are emptied in time; 10^18 apples take centuries.
    std::cout << total << '\n';
}
