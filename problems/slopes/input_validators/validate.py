import re
import sys


def reject(why):
    print(why)
    sys.exit(43)


most = 100_000
if len(sys.argv) == 3 and sys.argv[1] == "--most":
    most = int(sys.argv[2])
data = sys.stdin.buffer.read()
if not re.fullmatch(rb"[1-9][0-9]{0,5}\n(?:0|[1-9][0-9]{0,9})(?: (?:0|[1-9][0-9]{0,9}))*\n", data):
    reject("expected n and a line of heights, single spaces in between")
n, *heights = map(int, data.split())
if n > most:
    reject(f"at most {most} huts in this group")
if len(heights) != n:
    reject(f"{n} huts announced, {len(heights)} given")
if max(heights) > 10**9:
    reject("a hut above 10^9")
sys.exit(42)
