"""DMOJ's checkers by name, each as a module with a function `check`, as authors import them."""
import re
import sys
import types
from collections import Counter

from dmoj.result import CheckerResult
from dmoj.utils.unicode import utf8bytes

_LINE_ENDS = re.compile(rb"[\r\n]")


def _lines(text):
    return [line for line in _LINE_ENDS.split(utf8bytes(text)) if line.split()]


def standard(process_output, judge_output, **_):
    def tokens(text):
        return [line.split() for line in _lines(text)]
    return tokens(process_output) == tokens(judge_output)


def easy(process_output, judge_output, **_):
    def letters(text):
        return Counter(b"".join(utf8bytes(text).lower().split()))
    return letters(process_output) == letters(judge_output)


def identical(process_output, judge_output, pe_allowed=True, **_):
    process_output, judge_output = utf8bytes(process_output), utf8bytes(judge_output)
    if process_output == judge_output:
        return True
    alike = pe_allowed and standard(process_output, judge_output)
    return CheckerResult(False, 0, "Presentation Error, check your whitespace" if alike else None)


def rstripped(process_output, judge_output, filter_new_line=False, **_):
    def lines(text):
        stripped = [line.rstrip() for line in utf8bytes(text).replace(b"\r\n", b"\n").rstrip().split(b"\n")]
        return [line for line in stripped if line or not filter_new_line]
    return lines(process_output) == lines(judge_output)


def sorted_lines(process_output, judge_output, split_on="lines", **_):
    if split_on == "whitespace":
        return unordered(process_output, judge_output)

    def lines(text):
        return sorted(line.split() for line in _lines(text))
    return lines(process_output) == lines(judge_output)


def unordered(process_output, judge_output, **_):
    return sorted(utf8bytes(process_output).split()) == sorted(utf8bytes(judge_output).split())


def floats(process_output, judge_output, precision=6, error_mode="default", **_):
    epsilon = 10 ** -int(precision)

    def near(given, expected):
        try:
            right = float(expected)
        except ValueError:
            return given == expected
        try:
            difference = abs(float(given) - right)
        except ValueError:
            return False
        return error_mode != "relative" and difference <= epsilon or error_mode != "absolute" and difference <= epsilon * abs(right)

    given, expected = [line.split() for line in _lines(process_output)], [line.split() for line in _lines(judge_output)]
    return [len(line) for line in given] == [len(line) for line in expected] and all(
        near(a, b) for pair in zip(given, expected) for a, b in zip(*pair))


def floatsabs(process_output, judge_output, precision=6, **_):
    return floats(process_output, judge_output, precision, "absolute")


def floatsrel(process_output, judge_output, precision=6, **_):
    return floats(process_output, judge_output, precision, "relative")


def linecount(process_output, judge_output, point_value=1, feedback=True, **_):
    expected = [line.strip() for line in _LINE_ENDS.split(utf8bytes(judge_output)) if line]
    given = [line.strip() for line in _LINE_ENDS.split(utf8bytes(process_output)) if line]
    if len(given) > len(expected):
        return False
    right = sum(a == b for a, b in zip(given, expected))
    if right == len(expected):
        return True
    return CheckerResult(False, point_value * right / len(expected), "%d of %d lines are right" % (right, len(expected)) if feedback else None)


def linematches(process_output, judge_output, point_value=1, point_distribution=(1,), filler_lines_required=True, **_):
    expected = [line.strip() for line in _LINE_ENDS.split(utf8bytes(judge_output)) if line]
    given = [line.strip() for line in _LINE_ENDS.split(utf8bytes(process_output)) if line]
    weights = list(point_distribution) if len(point_distribution) > 1 else [1] * len(expected)
    if len(weights) != len(expected):
        raise ValueError("point_distribution has %d numbers, but the judge answer has %d lines" % (len(weights), len(expected)))
    if filler_lines_required and len(given) != len(expected):
        return False
    points = sum(weight for weight, a, b in zip(weights, given, expected) if a == b)
    return CheckerResult(points > 0, point_value * points / sum(weights))


_CHECKERS = {
    "standard": standard, "easy": easy, "identical": identical, "rstripped": rstripped, "sorted": sorted_lines, "unordered": unordered,
    "floats": floats, "floatsabs": floatsabs, "floatsrel": floatsrel, "linecount": linecount, "linematches": linematches,
}


def find(name):
    """The checker of this name."""
    return _CHECKERS[name]


for _name, _function in _CHECKERS.items():
    _module = types.ModuleType("dmoj.checkers." + _name)
    _module.check = _function
    sys.modules[_module.__name__] = _module
    globals()[_name] = _module

checkers = sys.modules[__name__]
