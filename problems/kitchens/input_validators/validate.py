import re
import sys


def reject(why):
    print(why)
    sys.exit(43)


data = sys.stdin.buffer.read()
if not re.fullmatch(rb"(?:(?:0|[1-9][0-9]{0,5}) (?:0|[1-9][0-9]{0,5})\n)+", data):
    reject("every line must hold two integers, one space between them")
(n, m), *pairs = [tuple(map(int, line.split())) for line in data.splitlines()]
if not (1 <= n <= 50_000 and 0 <= m <= 100_000):
    reject("n or m out of range")
if len(pairs) != m:
    reject(f"{m} rivalries announced, {len(pairs)} given")
if not all(1 <= a < b <= n for a, b in pairs):
    reject("a rivalry needs 1 <= a < b <= n")
if len(set(pairs)) != m:
    reject("a rivalry is listed twice")
sys.exit(42)
