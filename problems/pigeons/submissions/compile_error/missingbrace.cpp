#include <iostream>

int main()
{
    std::cout << "coo\n";
