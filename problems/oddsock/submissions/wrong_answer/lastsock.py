# The odd sock is always at the bottom of the pile.
import sys

for line in sys.stdin.buffer:
    pass
print(int(line))
