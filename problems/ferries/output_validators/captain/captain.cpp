// Walks the journey, uses the ticket on its longest crossing and compares with what was claimed and with the jury's journey.
#include "quill.h"

#include <algorithm>
#include <map>
#include <vector>

using Lines = std::map<std::pair<long, long>, long>;

struct Journey {
    bool possible;
    long minutes;
};

/// Reads a journey from an answer or an output; what is wrong with it is the reader's business.
static Journey journey(quill::Reader &in, long islands, const Lines &lines)
{
    if (in.word(20) == "stranded")
        return {false, 0};
    in.unread();
    const long claimed = in.integer(0, 1'000'000'000'000'000);
    const long count = in.integer(1, 2 * islands);
    long total = 0, longest = 0;
    for (long i = 0, before = 0; i < count; ++i) {
        const long island = in.integer(1, islands);
        if (i == 0 ? island != 1 : !lines.count(std::minmax(before, island)))
            in.fail(i == 0 ? "the journey does not begin on island 1" : "no line between " + std::to_string(before) + " and " + std::to_string(island));
        if (i > 0) {
            const long minutes = lines.at(std::minmax(before, island));
            total += minutes;
            longest = std::max(longest, minutes);
        }
        before = island;
        if (i == count - 1 && island != islands)
            in.fail("the journey does not end at the opera");
    }
    if (claimed != total - longest)
        in.fail("the journey takes " + std::to_string(total - longest) + " minutes, not " + std::to_string(claimed));
    return {true, claimed};
}

int main(int argc, char **argv)
{
    quill::Checker checker(argc, argv);
    const long islands = checker.input.integer(), count = checker.input.integer();
    Lines lines;
    for (long i = 0; i < count; ++i) {
        const long a = checker.input.integer(), b = checker.input.integer(), minutes = checker.input.integer();
        lines[std::minmax(a, b)] = minutes;
    }

    const Journey jury = journey(checker.answer, islands, lines);
    const Journey team = journey(checker.output, islands, lines);
    checker.output.end();
    if (team.possible && (!jury.possible || team.minutes < jury.minutes))
        quill::finish(quill::jury_error, "the submission found a faster journey than the jury");
    if (jury.possible && !team.possible)
        quill::finish(quill::wrong_answer, "there is a journey");
    if (team.minutes > jury.minutes)
        quill::finish(quill::wrong_answer, "there is a faster journey, of " + std::to_string(jury.minutes) + " minutes");
    quill::finish(quill::accepted, jury.possible ? "a fastest journey" : "stranded indeed");
}
