# Moves a chef over as long as someone quarrels; an odd cycle quarrels forever.
import sys

n, m, *numbers = map(int, sys.stdin.buffer.read().split())
pairs = list(zip(numbers[::2], numbers[1::2]))
kitchen = [0] * (n + 1)
quarrel = True
while quarrel:
    quarrel = False
    for a, b in pairs:
        if kitchen[a] == kitchen[b]:
            kitchen[b] = 1 - kitchen[b]
            quarrel = True
print("".join("NS"[k] for k in kitchen[1:]))
