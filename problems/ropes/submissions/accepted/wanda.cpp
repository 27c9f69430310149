// Convex hull by monotone chains; the tight rope is the hull plus one full turn around a post.
#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <vector>

struct Post {
    long long x, y;
    bool operator<(const Post &other) const { return x != other.x ? x < other.x : y < other.y; }
};

static long long cross(const Post &a, const Post &b, const Post &c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

int main()
{
    std::size_t n;
    double r;
    std::cin >> n >> r;
    std::vector<Post> posts(n);
    for (auto &p : posts)
        std::cin >> p.x >> p.y;
    std::sort(posts.begin(), posts.end());

    std::vector<Post> hull;
    for (int side = 0; side < 2; ++side) {
        const std::size_t start = hull.size();
        for (const auto &p : posts) {
            while (hull.size() >= start + 2 && cross(hull[hull.size() - 2], hull.back(), p) <= 0)
                hull.pop_back();
            hull.push_back(p);
        }
        hull.pop_back();
        std::reverse(posts.begin(), posts.end());
    }

    double length = 2 * std::acos(-1.0) * r;
    for (std::size_t i = 0; i < hull.size(); ++i) {
        const auto &a = hull[i], &b = hull[(i + 1) % hull.size()];
        length += std::hypot(a.x - b.x, a.y - b.y);
    }
    std::cout << std::fixed << std::setprecision(9) << length << '\n';
}
