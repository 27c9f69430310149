// Gift wrapping that compares corners with == on doubles of different roundness, and so never gets home.
#include <cmath>
#include <cstdio>
#include <vector>

int main()
{
    int n;
    double r;
    if (std::scanf("%d %lf", &n, &r) != 2)
        return 1;
    std::vector<double> x(n), y(n);
    for (int i = 0; i < n; ++i)
        if (std::scanf("%lf %lf", &x[i], &y[i]) != 2)
            return 1;
    volatile double walked = 0;
    for (int here = 0; walked >= 0;) {
        const int there = (here + 1) % n;
        walked = walked + std::hypot(x[there] - x[here], y[there] - y[here]) + 0.1;
        here = there;
    }
    std::printf("%.9f\n", static_cast<double>(walked));
}
