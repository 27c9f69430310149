import re
import sys

MODULUS = {{modulus}}  # replaced by the constant of problem.yaml

data = sys.stdin.buffer.read()
if MODULUS <= 1000 or not re.fullmatch(rb"(?:0|[1-9][0-9]{0,3})(?: (?:0|[1-9][0-9]{0,3})){4}\n", data):
    print("expected one line with five integers")
    sys.exit(43)
n, k, d, a, b = map(int, data.split())
if not (1 <= n <= 1000 and 1 <= k <= 100 and 0 <= d <= 100 and 1 <= a <= k and 1 <= b <= k):
    print("out of range")
    sys.exit(43)
sys.exit(42)
