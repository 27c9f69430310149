// Dijkstra on two levels: with the ticket still in the pocket, and without.
#include <algorithm>
#include <iostream>
#include <limits>
#include <queue>
#include <vector>

struct Line {
    int to;
    long minutes;
};

int main()
{
    std::ios::sync_with_stdio(false);
    int n, m;
    std::cin >> n >> m;
    std::vector<std::vector<Line>> lines(n);
    for (int a, b, t; m > 0; --m) {
        std::cin >> a >> b >> t;
        lines[a - 1].push_back({b - 1, t});
        lines[b - 1].push_back({a - 1, t});
    }

    // State s stands for island s with the ticket, state n + s for island s without it.
    std::vector<long> best(2 * n, std::numeric_limits<long>::max());
    std::vector<int> before(2 * n, -1);
    using Entry = std::pair<long, int>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
    const auto reach = [&](int state, long minutes, int from) {
        if (minutes < best[state]) {
            best[state] = minutes;
            before[state] = from;
            open.push({minutes, state});
        }
    };
    reach(0, 0, -1);
    while (!open.empty()) {
        const auto [minutes, state] = open.top();
        open.pop();
        if (minutes > best[state])
            continue;
        for (const auto &line : lines[state % n]) {
            reach(line.to + (state < n ? 0 : n), minutes + line.minutes, state);
            if (state < n)
                reach(line.to + n, minutes, state);
        }
    }

    if (before[2 * n - 1] < 0) {
        std::cout << "stranded\n";
        return 0;
    }
    std::vector<int> journey;
    for (int state = 2 * n - 1; state >= 0; state = before[state])
        journey.push_back(state % n + 1);
    std::cout << best[2 * n - 1] << '\n' << journey.size() << '\n';
    for (auto island = journey.rbegin(); island != journey.rend(); ++island)
        std::cout << *island << ' ';
    std::cout << '\n';
}
