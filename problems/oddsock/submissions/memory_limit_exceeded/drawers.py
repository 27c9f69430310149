import sys

drawers = [0] * (10**9 + 1)
for line in sys.stdin.buffer.readlines()[1:]:
    drawers[int(line)] ^= 1
print(drawers.index(1))
