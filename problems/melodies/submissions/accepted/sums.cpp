// Prefix sums: n * k steps.
#include <algorithm>
#include <iostream>
#include <vector>

int main()
{
    constexpr long long modulus = 1000000007;
    int n, k, d, a, b;
    std::cin >> n >> k >> d >> a >> b;
    std::vector<long long> ways(k + 1, 0), sum(k + 1, 0);
    ways[a] = 1;
    for (int length = 2; length <= n; ++length) {
        for (int note = 1; note <= k; ++note)
            sum[note] = (sum[note - 1] + ways[note]) % modulus;
        for (int note = 1; note <= k; ++note)
            ways[note] = (sum[std::min(k, note + d)] - sum[std::max(0, note - d - 1)] + modulus) % modulus;
    }
    std::cout << ways[b] << '\n';
}
