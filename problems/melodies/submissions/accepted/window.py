n, k, d, a, b = map(int, input().split())
ways = [0] * k
ways[a - 1] = 1
for _ in range(n - 1):
    window = sum(ways[:d])
    following = []
    for note in range(k):
        window += ways[note + d] if note + d < k else 0
        window -= ways[note - d - 1] if note > d else 0
        following.append(window % (10**9 + 7))
    ways = following
print(ways[b - 1])
