// Reads the input strictly: one space between numbers, "\n" after each line, nothing else.
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <utility>

[[noreturn]] static void reject(const char *why)
{
    std::puts(why);
    std::exit(43);
}

static int next = std::getchar();

static void expect(int character)
{
    if (next != character)
        reject("unexpected character");
    next = std::getchar();
}

static long integer(long low, long high)
{
    const bool negative = next == '-';
    if (negative)
        next = std::getchar();
    if (!std::isdigit(next))
        reject("a digit is missing");
    const bool zero = next == '0';
    long value = 0;
    int digits = 0;
    for (; next != EOF && std::isdigit(next); next = std::getchar()) {
        if (++digits > 9)
            reject("number too long");
        value = 10 * value + (next - '0');
    }
    if (zero && (digits > 1 || negative))
        reject("leading zero or negative zero");
    if (negative)
        value = -value;
    if (value < low || value > high)
        reject("number out of range");
    return value;
}

int main()
{
    const long posts = integer(1, 20000);
    expect(' ');
    integer(1, 1000);
    expect('\n');
    std::set<std::pair<long, long>> seen;
    for (long i = 0; i < posts; ++i) {
        const long x = integer(-1000000, 1000000);
        expect(' ');
        const long y = integer(-1000000, 1000000);
        expect('\n');
        if (!seen.emplace(x, y).second)
            reject("two posts have the same centre");
    }
    if (next != EOF)
        reject("something follows the last post");
    return 42;
}
