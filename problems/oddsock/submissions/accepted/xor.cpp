// A pattern and itself cancel out under exclusive or; what remains is the odd sock.
#include <iostream>

int main()
{
    std::ios::sync_with_stdio(false);
    int n, odd = 0;
    std::cin >> n;
    for (int pattern; std::cin >> pattern;)
        odd ^= pattern;
    std::cout << odd << '\n';
}
