/* Feeds mutated run messages, each in a buffer of exactly its size, to the parser of the cell. Built with ASan and UBSan. */
#include "../../../src/Gavel.Sandbox/cell/cell.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct setup the_setup;
const unsigned char *the_filter;

static uint64_t state = 88172645463325252u;
static uint32_t next(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 20) % below;
}

int main(int argc, char **argv)
{
    static char *arguments[MAX_STRINGS + 2], *environment[MAX_STRINGS + 1];
    long rounds = argc > 1 ? atol(argv[1]) : 100000, accepted = 0;
    for (long round = 0; round < rounds; round++) {
        struct run header = { MSG_RUN, 1 + next(4), next(4), next(100), next(1000), next(1000), next(1000) }, parsed;
        uint32_t strings = header.argument_count + header.environment_count;
        size_t length = sizeof header + strings * 6;
        if (next(4) == 0)
            length = next(64);
        char *message = calloc(length + 1, 1);
        char whole[sizeof header + 64] = { 0 };
        memcpy(whole, &header, sizeof header);
        for (uint32_t i = 0; i < strings; i++)
            memcpy(whole + sizeof header + i * 6, "/text", 6);
        memcpy(message, whole, length < sizeof whole ? length : sizeof whole);
        for (uint32_t changes = next(4); changes > 0 && length > 0; changes--)
            message[next((uint32_t)length)] = (char)next(256);
        char *exact = malloc(length ? length : 1);
        memcpy(exact, message, length);
        if (parse_run(exact, length, &parsed, arguments, environment) == 0) {
            accepted++;
            size_t total = 0;
            for (char **text = arguments; *text; text++)
                total += strlen(*text) + 1;
            for (char **text = environment; *text; text++)
                total += strlen(*text) + 1;
            if (total + sizeof parsed != length)
                abort();
        }
        free(exact);
        free(message);
    }
    printf("%ld of %ld accepted\n", accepted, rounds);
    return accepted > 0 && accepted < rounds ? 0 : 1;
}
