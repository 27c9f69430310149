# The journey with the fewest crossings, honestly described.
import sys

n, m, *numbers = map(int, sys.stdin.buffer.read().split())
lines = [{} for _ in range(n + 1)]
for a, b, t in zip(numbers[::3], numbers[1::3], numbers[2::3]):
    lines[a][b] = lines[b][a] = t
before = {1: 0}
queue = [1]
for island in queue:
    for other in lines[island]:
        if other not in before:
            before[other] = island
            queue.append(other)
if n not in before:
    print("stranded")
else:
    journey = [n]
    while before[journey[-1]]:
        journey.append(before[journey[-1]])
    times = [lines[a][b] for a, b in zip(journey, journey[1:])]
    print(sum(times) - max(times), len(journey), " ".join(map(str, journey[::-1])), sep="\n")
