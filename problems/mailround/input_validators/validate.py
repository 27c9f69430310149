import re
import sys


def reject(why):
    print(why)
    sys.exit(43)


data = sys.stdin.buffer.read()
integer = rb"(?:0|-?[1-9][0-9]{0,3})"
if not re.fullmatch(rb"[1-9]\n(?:%s %s\n)+" % (integer, integer), data):
    reject("expected n and lines of two integers")
(n,), *houses = [tuple(map(int, line.split())) for line in data.splitlines()]
if len(houses) != n or any(abs(c) > 1000 for house in houses for c in house):
    reject("wrong number of houses, or one beyond the town")
if not any(map(any, houses)):
    reject("no house away from the post office")
sys.exit(42)
