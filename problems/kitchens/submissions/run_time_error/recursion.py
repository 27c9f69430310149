# A long chain of rivals is deeper than Python's recursion limit.
import sys

n, m, *pairs = map(int, sys.stdin.buffer.read().split())
rivals = [[] for _ in range(n + 1)]
for a, b in zip(pairs[::2], pairs[1::2]):
    rivals[a].append(b)
    rivals[b].append(a)
kitchen = [None] * (n + 1)


def place(chef, north):
    if kitchen[chef] is not None:
        return kitchen[chef] == north
    kitchen[chef] = north
    return all([place(rival, not north) for rival in rivals[chef]])


if all([kitchen[chef] is not None or place(chef, True) for chef in range(1, n + 1)]):
    print("".join("N" if north else "S" for north in kitchen[1:]))
else:
    print("impossible")
