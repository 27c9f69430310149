// A small header of our own with testlib's calling convention and exit codes, for tests: not testlib, and no substitute for it.
#pragma once
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

enum TResult { _ok = 0, _wa = 1, _pe = 2, _fail = 3, _dirt = 4, _points = 7, _unexpected_eof = 8, _partially = 16 };
inline int _pc(int share) { return _partially + share; }

struct Stream {
    std::ifstream file;
    std::istream *in = nullptr;
    TResult blame;
    explicit Stream(TResult blame) : blame(blame) {}
    void open(const char *name) { file.open(name); in = &file; if (!file) { std::fprintf(stderr, "FAIL no file %s\n", name); std::exit(_fail); } }
    bool seekEof() { *in >> std::ws; return in->peek() == EOF; }
    long long readLong() { long long n; if (!(*in >> n)) { std::fprintf(stderr, "Expected a number\n"); std::exit(blame); } return n; }
};

inline Stream inf(_fail), ouf(_pe), ans(_fail);
inline std::ofstream tout;

inline void registerTestlibCmd(int count, char **words) {
    if (count < 4) { std::fprintf(stderr, "FAIL usage: input output answer\n"); std::exit(_fail); }
    inf.open(words[1]); ouf.open(words[2]); ans.open(words[3]);
}


[[noreturn]] inline void quitf(int result, const char *format, ...) {
    static const char *names[] = {"ok", "wrong answer", "wrong output format", "FAIL", "wrong output format", "", "", "points", "unexpected eof"};
    char text[1000];
    va_list list;
    va_start(list, format);
    std::vsnprintf(text, sizeof text, format, list);
    va_end(list);
    if (result >= _partially) std::fprintf(stderr, "partially correct (%d) %s\n", result - _partially, text);
    else std::fprintf(stderr, "%s %s\n", names[result], text);
    std::exit(result >= _partially ? result - _partially : result);
}

[[noreturn]] inline void quitp(double points, const char *text) { std::fprintf(stderr, "points %g %s\n", points, text); std::exit(_points); }
