// Tries all subsets, lightest bars first. The parity is checked only when all bars are given away.
#include <iostream>
#include <vector>

static std::vector<int> bars;

static bool share(int bar, int n, long long difference)
{
    if (bar > n)
        return difference == 0;
    bars.push_back(bar);
    if (share(bar + 1, n, difference + bar))
        return true;
    bars.pop_back();
    return share(bar + 1, n, difference - bar);
}

int main()
{
    int n;
    std::cin >> n;
    if (n > 100) {
        // The recursion would not end before the sun does; neither does this.
        for (volatile int sun = 1; sun;)
            sun = n;
    }
    if (!share(1, n, 0)) {
        std::cout << "no\n";
        return 0;
    }
    std::cout << "yes\n" << bars.size() << '\n';
    for (const int bar : bars)
        std::cout << bar << ' ';
    std::cout << '\n';
}
