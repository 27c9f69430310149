// Quill: just enough to write checkers and input validators in the style of the usual checker libraries, without any of them.
//
// Three readers with one interface: the input and the answer are the jury's (a defect there is a jury error), the output is the
// contestant's (a defect there is a wrong answer). A check is a straight line of reads that ends with quill::finish.
#pragma once

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

namespace quill {

/// Exit codes of the package format. Everything but the first two counts as a defect of the package.
enum Verdict { accepted = 42, wrong_answer = 43, invalid_input = 43, jury_error = 3 };

inline std::string feedback_folder;

/// Ends the program with a verdict and a message for the jury.
[[noreturn]] inline void finish(Verdict verdict, const std::string &message)
{
    if (feedback_folder.empty())
        std::cerr << message << '\n';
    else
        std::ofstream(feedback_folder + "judgemessage.txt") << message << '\n';
    std::exit(verdict);
}

/// How white space is read: any amount of it before a token, or exactly as the input format says.
enum class Spaces { any, exact };

class Reader {
public:
    Reader(std::istream &stream, Spaces spaces, Verdict blame) : stream_(stream), spaces_(spaces), blame_(blame) {}

    [[noreturn]] void fail(const std::string &why) const { finish(blame_, why); }

    /// The next word. Characters beyond the limit are an error, so that hostile output costs no memory.
    std::string word(std::size_t limit = 100)
    {
        if (unread_)
            return unread_ = false, last_;
        if (spaces_ == Spaces::any)
            while (std::isspace(stream_.peek()))
                stream_.get();
        last_.clear();
        for (int c; (c = stream_.peek()) != EOF && !std::isspace(c); stream_.get()) {
            if (last_.size() == limit)
                fail("a word of more than " + std::to_string(limit) + " characters: " + last_.substr(0, 20) + "...");
            last_ += static_cast<char>(c);
        }
        if (last_.empty())
            fail("expected a word");
        return last_;
    }

    /// The next word is read again.
    void unread() { unread_ = true; }

    /// An integer without leading zeros or plus sign.
    long integer(long low = -1'000'000'000'000'000'000, long high = 1'000'000'000'000'000'000)
    {
        const std::string text = word();
        const std::size_t first = text[0] == '-';
        const bool digits = text.size() > first && text.size() <= first + 19 && text.find_first_not_of("0123456789", first) == std::string::npos;
        if (!digits || (text[first] == '0' && text.size() > 1))
            fail("expected an integer, got '" + text.substr(0, 20) + "'");
        const unsigned long size = std::stoul(text.substr(first));
        const long value = first ? -static_cast<long>(size) : static_cast<long>(size);
        if (size > 1'000'000'000'000'000'000 || value < low || value > high)
            fail(text + " is not between " + std::to_string(low) + " and " + std::to_string(high));
        return value;
    }

    void space() { character(' ', "a space"); }
    void newline() { character('\n', "the end of the line"); }

    /// Nothing may follow, except for white space where any is fine.
    void end()
    {
        if (spaces_ == Spaces::any)
            while (std::isspace(stream_.peek()))
                stream_.get();
        if (stream_.peek() != EOF)
            fail("something follows where all should be over");
    }

private:
    void character(char expected, const char *name)
    {
        if (stream_.get() != expected)
            fail(std::string("expected ") + name);
    }

    std::istream &stream_;
    Spaces spaces_;
    Verdict blame_;
    std::string last_;
    bool unread_ = false;
};

/// The three readers of a checker that is called as: checker input answer feedback-folder/ < output.
class Checker {
    std::ifstream input_file_, answer_file_;

public:
    Reader input, answer, output;

    Checker(int argc, char **argv)
        : input_file_(argc > 1 ? argv[1] : ""), answer_file_(argc > 2 ? argv[2] : ""), input(input_file_, Spaces::any, jury_error),
          answer(answer_file_, Spaces::any, jury_error), output(std::cin, Spaces::any, wrong_answer)
    {
        std::ios::sync_with_stdio(false);
        if (argc < 4 || !input_file_ || !answer_file_)
            finish(jury_error, "called without input, answer and feedback folder");
        feedback_folder = argv[3];
    }
};

} // namespace quill
