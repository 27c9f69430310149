// Room for a hundred posts ought to be enough; at() disagrees.
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

int main()
{
    int n, r;
    if (std::scanf("%d %d", &n, &r) != 2)
        return 1;
    std::array<std::pair<int, int>, 100> posts{};
    for (int i = 0; i < n; ++i) {
        auto &[x, y] = posts.at(i);
        if (std::scanf("%d %d", &x, &y) != 2)
            return 1;
    }
    if (n > 2)
        return 3;
    const double between = n == 2 ? std::hypot(posts[0].first - posts[1].first, posts[0].second - posts[1].second) : 0;
    std::printf("%.9f\n", 2 * between + 2 * std::acos(-1.0) * r);
}
