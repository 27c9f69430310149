// Marks the beginning with a z, which is a fine idea until a message holds one.
#include <algorithm>
#include <iostream>
#include <string>

int main()
{
    std::string verb, word;
    std::cin >> verb >> word;
    if (verb == "write") {
        std::cout << 'z' << word << '\n';
    } else {
        std::rotate(word.begin(), std::find(word.begin(), word.end(), 'z'), word.end());
        std::cout << word.substr(1) << '\n';
    }
}
