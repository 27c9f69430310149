// @EXPECTED_GRADES@ TLE TLE TLE
// Waits for the last ball to stop rolling.
#include <iostream>

int main()
{
    long long n;
    std::cin >> n;
    for (volatile long long rolling = n; rolling;)
        rolling = n;
}
