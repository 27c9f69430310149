import re
import sys


def reject(why):
    print(why)
    sys.exit(43)


data = sys.stdin.buffer.read()
integer = rb"(?:0|[1-9][0-9]{0,9})"
match = re.fullmatch(rb"(%s) (%s)\n(%s(?: %s)*)\n" % ((integer,) * 4), data)
if not match:
    reject("expected two integers, then a line of integers, single spaces in between")
n, r = int(match[1]), int(match[2])
houses = list(map(int, match[3].split()))
if not (1 <= n <= 100_000 and 0 <= r <= 10**9):
    reject("n or r out of range")
if len(houses) != n:
    reject(f"{n} houses announced, {len(houses)} given")
if max(houses) > 10**9:
    reject("a house stands beyond 10^9")
sys.exit(42)
