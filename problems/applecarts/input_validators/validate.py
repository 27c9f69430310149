import re
import sys

line = sys.stdin.buffer.read()
number = rb"(0|[1-9][0-9]{0,18})"
match = re.fullmatch(number + rb" " + number + rb"\n", line)
if not match:
    print("expected one line: two integers without leading zeros, one space between them")
    sys.exit(43)
if any(int(group) > 10**18 for group in match.groups()):
    print("a and b are at most 10^18")
    sys.exit(43)
sys.exit(42)
