// Does not let Mirela repeat a note.
#include <iostream>
#include <vector>

int main()
{
    constexpr long long modulus = 1000000007;
    int n, k, d, a, b;
    std::cin >> n >> k >> d >> a >> b;
    std::vector<long long> ways(k + 1, 0);
    ways[a] = 1;
    for (int length = 2; length <= n; ++length) {
        std::vector<long long> following(k + 1, 0);
        for (int note = 1; note <= k; ++note)
            for (int before = 1; before <= k; ++before)
                if (before != note && before >= note - d && before <= note + d)
                    following[note] = (following[note] + ways[before]) % modulus;
        ways = following;
    }
    std::cout << ways[b] << '\n';
}
