# Places every chef away from the rivals placed so far, in the order of their numbers, and gives up too early.
import sys

n, m, *pairs = map(int, sys.stdin.buffer.read().split())
rivals = [[] for _ in range(n + 1)]
for a, b in zip(pairs[::2], pairs[1::2]):
    rivals[a].append(b)
    rivals[b].append(a)
kitchen = [""] * (n + 1)
for chef in range(1, n + 1):
    taken = {kitchen[rival] for rival in rivals[chef]}
    if {"N", "S"} <= taken:
        print("impossible")
        break
    kitchen[chef] = "S" if "N" in taken else "N"
else:
    print("".join(kitchen))
