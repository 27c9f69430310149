// Divides by the number of clicks, of which there may be none. Volatile, so that the division really happens.
#include <cstdlib>
#include <iostream>
#include <string>

int main()
{
    std::string now, combination;
    std::cin >> now >> combination;
    volatile int clicks = 0;
    for (std::size_t i = 0; i < now.size(); ++i) {
        const int apart = std::abs(now[i] - combination[i]);
        clicks = clicks + (apart < 5 ? apart : 10 - apart);
    }
    std::cout << clicks * clicks / clicks << std::endl;
}
