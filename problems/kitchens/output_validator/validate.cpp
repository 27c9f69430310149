// Accepts every assignment that keeps rivals apart. Called as: validate input answer feedback-folder/ < output
#include <fstream>
#include <iostream>
#include <string>

static std::ofstream message;

[[noreturn]] static void finish(bool accepted, const std::string &why)
{
    message << why << '\n';
    message.close();
    std::exit(accepted ? 42 : 43);
}

/// Reads one word of at most limit characters; a longer one is cut off after limit + 1, so that a huge output costs no memory.
static std::string word(std::istream &in, std::size_t limit)
{
    std::string text;
    in >> std::ws;
    for (int c; text.size() <= limit && (c = in.peek()) != EOF && !std::isspace(c);)
        text += static_cast<char>(in.get());
    return text;
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 1;
    std::ios::sync_with_stdio(false);
    std::ifstream input(argv[1]), answer(argv[2]);
    message.open(std::string(argv[3]) + "judgemessage.txt");
    std::size_t chefs, rivalries;
    input >> chefs >> rivalries;
    const bool possible = word(answer, 20) != "impossible";
    if (!input || !message)
        return 1;

    const std::string said = word(std::cin, chefs < 10 ? 10 : chefs);
    if (said.empty())
        finish(false, "no output");
    if (!word(std::cin, 1).empty())
        finish(false, "more than one word");
    if (said == "impossible")
        finish(!possible, possible ? "there is an assignment" : "rightly impossible");
    if (said.size() != chefs)
        finish(false, "the word has " + std::to_string(said.size()) + " letters or more, not " + std::to_string(chefs));
    if (said.find_first_not_of("NS") != std::string::npos)
        finish(false, "only the letters N and S name kitchens");
    for (std::size_t a, b; input >> a >> b;)
        if (said[a - 1] == said[b - 1])
            finish(false, "rivals " + std::to_string(a) + " and " + std::to_string(b) + " share a kitchen");
    if (!possible)
        return 1; // the judge answer is wrong: a jury error, not the contestant's
    finish(true, "rivals are kept apart");
}
