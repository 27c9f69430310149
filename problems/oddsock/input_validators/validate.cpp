// Reads the input strictly and with little memory: only patterns seen an odd number of times so far are kept.
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <unordered_set>

[[noreturn]] static void reject(const char *why)
{
    std::puts(why);
    std::exit(43);
}

static long line(long low, long high)
{
    int c = std::getchar();
    if (c < '1' || c > '9')
        reject("a line must begin with a digit from 1 to 9");
    long value = 0;
    for (int digits = 0; c != EOF && std::isdigit(c); c = std::getchar()) {
        if (++digits > 10)
            reject("number too long");
        value = 10 * value + (c - '0');
    }
    if (c != '\n')
        reject("a line must hold one number and nothing else");
    if (value < low || value > high)
        reject("number out of range");
    return value;
}

int main()
{
    const long socks = line(1, 1199999);
    if (socks % 2 == 0)
        reject("the number of socks is even");
    std::unordered_set<long> odd;
    for (long i = 0; i < socks; ++i) {
        const long pattern = line(1, 1000000000);
        if (!odd.erase(pattern))
            odd.insert(pattern);
    }
    if (std::getchar() != EOF)
        reject("something follows the last sock");
    if (odd.size() != 1)
        reject("not exactly one pattern occurs an odd number of times");
    return 42;
}
