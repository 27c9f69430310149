// Weighs two wheels and then thinks about it for a very long time.
#include <iostream>

int main()
{
    int n;
    std::cin >> n;
    if (n < 2) {
        std::cout << "! 1" << std::endl;
        return 0;
    }
    std::cout << "? 1 2" << std::endl;
    for (volatile int thought = 1; thought;)
        thought = n;
}
