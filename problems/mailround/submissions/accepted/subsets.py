# @EXPECTED_SCORE@: 100
# The best way to have visited a set of houses and to stand at the last of them.
n = int(input())
houses = [(0, 0)] + [tuple(map(int, input().split())) for _ in range(n)]


def blocks(a, b):
    return abs(houses[a][0] - houses[b][0]) + abs(houses[a][1] - houses[b][1])


best = {(1 << house, house): (blocks(0, house), [house]) for house in range(1, n + 1)}
for _ in range(n - 1):
    following = {}
    for (visited, here), (length, stops) in best.items():
        for house in range(1, n + 1):
            if not visited >> house & 1:
                state = (visited | 1 << house, house)
                candidate = (length + blocks(here, house), stops + [house])
                if state not in following or candidate < following[state]:
                    following[state] = candidate
    best = following
print(*min((length + blocks(here, 0), stops) for (_, here), (length, stops) in best.items())[1])
