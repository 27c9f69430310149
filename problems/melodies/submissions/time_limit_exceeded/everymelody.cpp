// Plays every melody once.
#include <cstdlib>
#include <iostream>

static int n, k, d, b;
static volatile long long melodies = 0;

static void play(int note, int length)
{
    if (length == n) {
        if (note == b)
            melodies = melodies + 1;
        return;
    }
    for (int next = 1; next <= k; ++next)
        if (std::abs(next - note) <= d)
            play(next, length + 1);
}

int main()
{
    int a;
    std::cin >> n >> k >> d >> a >> b;
    play(a, 1);
    std::cout << melodies % 1000000007 << '\n';
}
