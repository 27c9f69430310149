// Finds the palindrome at the beginning of the word and puts letters in front of it.
#include <iostream>
#include <string>
#include <vector>

int main()
{
    std::string word;
    std::cin >> word;
    const std::string reversed(word.rbegin(), word.rend());
    const std::string joined = word + '#' + reversed;
    std::vector<std::size_t> border(joined.size(), 0);
    for (std::size_t i = 1, b = 0; i < joined.size(); ++i) {
        while (b > 0 && joined[b] != joined[i])
            b = border[b - 1];
        b += joined[b] == joined[i];
        border[i] = b;
    }
    std::cout << reversed.substr(0, word.size() - border.back()) << word << '\n';
}
