// @EXPECTED_GRADES@ AC AC AC
// Divides by 6 modulo the prime.
#include <iostream>

int main()
{
    constexpr long long modulus = 1000000007, sixth = 166666668;
    long long n;
    std::cin >> n;
    n %= modulus;
    std::cout << n * (n + 1) % modulus * (2 * n + 1) % modulus * sixth % modulus << '\n';
}
