// Writes down a gigabyte of notes between two weighings.
#include <iostream>
#include <vector>

int main()
{
    int n;
    std::cin >> n;
    std::vector<std::vector<char>> notes;
    for (int page = 0; page < 128; ++page)
        notes.emplace_back(32 << 20, static_cast<char>(n));
    std::cout << "! " << notes.size() << std::endl;
}
