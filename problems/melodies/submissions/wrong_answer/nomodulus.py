# Forgets the modulus and counts like a 64-bit machine instead.
n, k, d, a, b = map(int, input().split())
ways = [int(note == a) for note in range(1, k + 1)]
for _ in range(n - 1):
    ways = [sum(ways[max(0, note - d):note + d + 1]) % 2**64 for note in range(k)]
print(ways[b - 1])
