// Does not weigh at all.
#include <iostream>

int main()
{
    int n;
    std::cin >> n;
    std::cout << '!';
    for (int wheel = 1; wheel <= n; ++wheel)
        std::cout << ' ' << wheel;
    std::cout << std::endl;
}
