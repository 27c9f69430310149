// Follows the null pointer at the end of a list: SIGSEGV.
#include <forward_list>
#include <iostream>

struct Sock {
    int pattern;
    Sock *next;
};

int main()
{
    std::ios::sync_with_stdio(false);
    int n;
    std::cin >> n;
    Sock *volatile pile = nullptr;
    for (int pattern; std::cin >> pattern;)
        pile = new Sock{pattern, pile};
    int odd = 0;
    for (int i = 0; i <= n; ++i) {
        odd ^= pile->pattern;
        pile = pile->next;
    }
    std::cout << odd << '\n';
}
