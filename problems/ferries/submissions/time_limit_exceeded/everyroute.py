# Follows every route without remembering where it has been.
import sys

n, m, *numbers = map(int, sys.stdin.buffer.read().split())
lines = [[] for _ in range(n + 1)]
for a, b, t in zip(numbers[::3], numbers[1::3], numbers[2::3]):
    lines[a].append((b, t))
    lines[b].append((a, t))
island = 1
while lines[island]:
    island = lines[island][0][0]
print("stranded")
