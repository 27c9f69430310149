# Reaches for notes that the flute does not have: IndexError.
n, k, d, a, b = map(int, input().split())
ways = [int(note == a) for note in range(1, k + 1)]
for _ in range(n - 1):
    ways = [sum(ways[note + step] for step in range(-min(d, note), d + 1)) % (10**9 + 7) for note in range(k)]
print(ways[b - 1])
