// A pi that was good enough at school is not good enough for a tolerance of 1e-6.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

using Post = std::pair<long long, long long>;

static long long cross(const Post &a, const Post &b, const Post &c)
{
    return (b.first - a.first) * (c.second - a.second) - (b.second - a.second) * (c.first - a.first);
}

int main()
{
    int n, r;
    if (std::scanf("%d %d", &n, &r) != 2)
        return 1;
    std::vector<Post> posts(n), hull;
    for (auto &[x, y] : posts)
        if (std::scanf("%lld %lld", &x, &y) != 2)
            return 1;
    std::sort(posts.begin(), posts.end());
    for (int side = 0; side < 2; ++side) {
        const auto start = hull.size();
        for (const auto &p : posts) {
            while (hull.size() >= start + 2 && cross(hull[hull.size() - 2], hull.back(), p) <= 0)
                hull.pop_back();
            hull.push_back(p);
        }
        hull.pop_back();
        std::reverse(posts.begin(), posts.end());
    }
    double length = 2 * 3.14 * r;
    for (std::size_t i = 0; i < hull.size(); ++i) {
        const auto &a = hull[i], &b = hull[(i + 1) % hull.size()];
        length += std::hypot(a.first - b.first, a.second - b.second);
    }
    std::printf("%.9f\n", length);
}
