// Any four bars w, w+1, w+2, w+3 split fairly as w + (w+3) = (w+1) + (w+2); a rest of three splits as 1 + 2 = 3.
#include <iostream>
#include <vector>

int main()
{
    int n;
    std::cin >> n;
    if (n % 4 == 1 || n % 4 == 2) {
        std::cout << "no\n";
        return 0;
    }
    std::vector<int> bars;
    int bar = n;
    for (; bar >= 4; bar -= 4) {
        bars.push_back(bar);
        bars.push_back(bar - 3);
    }
    if (bar == 3)
        bars.push_back(3);
    std::cout << "yes\n" << bars.size() << '\n';
    for (std::size_t i = 0; i < bars.size(); ++i)
        std::cout << (i ? " " : "") << bars[i];
    std::cout << '\n';
}
