# Distances from both ends; the ticket is used on the line that joins them best.
import heapq
import sys


def distances(start):
    minutes = [None] * (n + 1)
    before = [0] * (n + 1)
    best = {start: 0}
    open_islands = [(0, start, 0)]
    while open_islands:
        time, island, previous = heapq.heappop(open_islands)
        if minutes[island] is not None:
            continue
        minutes[island], before[island] = time, previous
        for other, duration in lines[island]:
            if time + duration < best.get(other, 1 << 60):
                best[other] = time + duration
                heapq.heappush(open_islands, (time + duration, other, island))
    return minutes, before


def walk(before, island):
    while island:
        yield island
        island = before[island]


n, m, *numbers = map(int, sys.stdin.buffer.read().split())
lines = [[] for _ in range(n + 1)]
for a, b, t in zip(numbers[::3], numbers[1::3], numbers[2::3]):
    lines[a].append((b, t))
    lines[b].append((a, t))
home, before = distances(1)
opera, after = distances(n)
joints = [
    (home[a] + opera[b], a, b)
    for a in range(1, n + 1)
    for b, _ in lines[a]
    if home[a] is not None and opera[b] is not None
]
if not joints:
    print("stranded")
else:
    total, a, b = min(joints)
    journey = [*walk(before, a)][::-1] + [*walk(after, b)]
    print(total, len(journey), " ".join(map(str, journey)), sep="\n")
