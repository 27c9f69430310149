// Improves a journey as long as it is not negative, which time never is.
#include <iostream>

int main()
{
    int n, m;
    std::cin >> n >> m;
    if (m == 0) {
        std::cout << "stranded\n";
        return 0;
    }
    for (volatile long minutes = 0; minutes >= 0;)
        minutes = minutes / 2;
}
