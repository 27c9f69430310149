#include <algorithm>
#include <iostream>
#include <string>

int main()
{
    std::string verb, word;
    std::cin >> verb >> word;
    if (verb == "write") {
        std::string ring = "z";
        for (const char letter : word) {
            ring += static_cast<char>('a' + (letter - 'a') / 6);
            ring += static_cast<char>('a' + (letter - 'a') % 6);
        }
        std::cout << ring << '\n';
        return 0;
    }
    std::rotate(word.begin(), std::find(word.begin(), word.end(), 'z'), word.end());
    for (std::size_t i = 1; i + 1 < word.size(); i += 2)
        std::cout << static_cast<char>('a' + 6 * (word[i] - 'a') + (word[i + 1] - 'a'));
    std::cout << '\n';
}
