#include <iostream>
#include <string>

int main()
{
    std::string verb, word;
    std::cin >> verb >> word;
    // The ink never dries.
    for (volatile bool wet = true; wet;)
        wet = !word.empty();
}
