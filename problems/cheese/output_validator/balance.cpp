// Plays the balance. Called as: balance input answer feedback-folder/, with the submission on standard input and output.
// The input holds n and the rank of every wheel by weight.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

static std::ofstream message;

[[noreturn]] static void finish(bool accepted, const std::string &why)
{
    message << why << '\n';
    message.close();
    std::exit(accepted ? 42 : 43);
}

/// Reads a number from 1 to n; anything else, numbers with a sign or a letter included, is a wrong answer.
static int wheel(std::istream &in, int n)
{
    std::string token;
    in >> token;
    if (token.empty() || token.size() > 3 || token.find_first_not_of("0123456789") != std::string::npos)
        finish(false, "expected a wheel, got '" + token.substr(0, 20) + "'");
    const int number = std::stoi(token);
    if (number < 1 || number > n)
        finish(false, "there is no wheel " + token);
    return number;
}

/// Reads a line of at most 10 000 characters, far more than any that is right.
static std::string line()
{
    std::string text;
    for (int c; (c = std::cin.get()) != EOF && c != '\n';) {
        if (text.size() == 10000)
            finish(false, "a line without end");
        text += static_cast<char>(c);
    }
    if (text.empty() && !std::cin)
        finish(false, "the submission ended without an answer");
    return text;
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 1;
    std::ifstream input(argv[1]);
    message.open(std::string(argv[3]) + "judgemessage.txt");
    int n;
    input >> n;
    std::vector<int> rank(n + 1);
    for (int i = 1; i <= n; ++i)
        input >> rank[i];
    if (!input || !message)
        return 1;

    std::cout << n << std::endl;
    for (int weighings = 0;;) {
        std::istringstream said(line());
        std::string verb, rest;
        said >> verb;
        if (verb == "?") {
            const int i = wheel(said, n), j = wheel(said, n);
            if (said >> rest || i == j)
                finish(false, "not a weighing of two different wheels");
            if (++weighings > 1600)
                finish(false, "more than 1600 weighings");
            std::cout << (rank[i] < rank[j] ? '<' : '>') << std::endl;
        } else if (verb == "!") {
            for (int place = 1; place <= n; ++place)
                if (rank[wheel(said, n)] != place)
                    finish(false, "wrong wheel at place " + std::to_string(place));
            if (said >> rest)
                finish(false, "more wheels than there are");
            if (std::cin >> rest)
                finish(false, "output after the answer");
            finish(true, std::to_string(weighings) + " weighings");
        } else {
            finish(false, "expected ? or !, got '" + verb.substr(0, 20) + "'");
        }
    }
}
