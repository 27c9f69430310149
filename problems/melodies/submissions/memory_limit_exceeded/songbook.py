# A table for every triple of length, note and note before: eight gigabytes of zeros.
n, k, d, a, b = map(int, input().split())
ways = [[[0] * 1001 for _ in range(1001)] for _ in range(1001)]
ways[1][a][a] = 1
for length in range(2, n + 1):
    for note in range(1, k + 1):
        for before in range(max(1, note - d), min(k, note + d) + 1):
            ways[length][note][before] = sum(ways[length - 1][before]) % (10**9 + 7)
print(sum(ways[n][b]) % (10**9 + 7))
