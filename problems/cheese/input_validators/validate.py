import re
import sys


def reject(why):
    print(why)
    sys.exit(43)


data = sys.stdin.buffer.read()
if not re.fullmatch(rb"[1-9][0-9]{0,2}\n[1-9][0-9]{0,2}(?: [1-9][0-9]{0,2})*\n", data):
    reject("expected n and, on the second line, the ranks of the wheels")
n, *ranks = map(int, data.split())
if n > 200 or sorted(ranks) != list(range(1, n + 1)):
    reject("the second line must be a permutation of 1 to n, and n at most 200")
sys.exit(42)
