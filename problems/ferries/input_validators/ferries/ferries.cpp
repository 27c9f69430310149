#include "quill.h"

#include <algorithm>
#include <set>
#include <utility>

int main()
{
    quill::Reader in(std::cin, quill::Spaces::exact, quill::invalid_input);
    const long islands = in.integer(2, 20'000);
    in.space();
    const long lines = in.integer(0, 50'000);
    in.newline();
    std::set<std::pair<long, long>> known;
    for (long i = 0; i < lines; ++i) {
        long a = in.integer(1, islands);
        in.space();
        long b = in.integer(1, islands);
        in.space();
        in.integer(1, 1'000'000'000);
        in.newline();
        if (a == b)
            quill::finish(quill::invalid_input, "a line from an island to itself");
        if (!known.insert(std::minmax(a, b)).second)
            quill::finish(quill::invalid_input, "two lines between the same islands");
    }
    in.end();
    quill::finish(quill::accepted, "fine");
}
