// A table for every triple of length, note and note before: eight gigabytes that are cleared at the start.
#include <iostream>
#include <vector>

int main()
{
    int n, k, d, a, b;
    std::cin >> n >> k >> d >> a >> b;
    std::vector<std::vector<long long>> ways(1001 * 1001, std::vector<long long>(1001, 0));
    ways[1001 + a][a] = 1;
    for (int length = 2; length <= n; ++length)
        for (int note = 1; note <= k; ++note)
            for (int before = std::max(1, note - d); before <= std::min(k, note + d); ++before)
                for (int earlier = 1; earlier <= k; ++earlier)
                    ways[1001 * length + note][before] += ways[1001 * (length - 1) + before][earlier] % 1000000007;
    long long melodies = 0;
    for (int before = 1; before <= k; ++before)
        melodies += ways[1001 * n + b][before] % 1000000007;
    std::cout << melodies % 1000000007 << '\n';
}
