import sys

sys.setrecursionlimit(5000)


def play(note, length):
    # Explores every branch again, however often it has been here before.
    if length == n:
        return int(note == b)
    return sum(play(following, length + 1) for following in range(max(1, note - d), min(k, note + d) + 1))


n, k, d, a, b = map(int, input().split())
print(play(a, 1) % (10**9 + 7))
