// A table of all weights for up to a hundred bars; bitset::set throws for more.
#include <bitset>
#include <iostream>

int main()
{
    int n;
    std::cin >> n;
    std::bitset<101> bars;
    for (int bar = n; bar >= 1; --bar)
        bars.set(bar);
    if (n % 4 == 1 || n % 4 == 2) {
        std::cout << "no\n";
        return 0;
    }
    for (int bar = n; bar >= 3; bar -= 4) {
        bars.reset(bar - 1);
        bars.reset(bar - 2);
    }
    std::cout << "yes\n" << bars.count() << '\n';
    for (int bar = 1; bar <= n; ++bar)
        if (bars[bar])
            std::cout << bar << ' ';
    std::cout << '\n';
}
