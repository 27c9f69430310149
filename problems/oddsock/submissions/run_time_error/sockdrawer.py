# A drawer for every pattern up to one million; larger ones are an IndexError.
import sys

drawers = bytearray(1_000_001)
for line in sys.stdin.buffer.readlines()[1:]:
    drawers[int(line)] ^= 1
print(drawers.index(1))
