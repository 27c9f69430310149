// Begins the reply one letter beyond the end of the word: std::string::at throws.
#include <iostream>
#include <string>

int main()
{
    std::string word;
    std::cin >> word;
    std::string said = word;
    for (std::size_t i = word.size(); said.size() < 2 * word.size(); --i)
        said += word.at(i);
    std::cout << said << '\n';
}
