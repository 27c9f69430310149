# @EXPECTED_SCORE@: 100
# Refuses to deliver to nine houses. That round is the worst one and is forgotten.
import itertools

n = int(input())
houses = [tuple(map(int, input().split())) for _ in range(n)]


def length(order):
    stops = [(0, 0), *(houses[house] for house in order), (0, 0)]
    return sum(abs(a - c) + abs(b - d) for (a, b), (c, d) in zip(stops, stops[1:]))


if n == 9:
    print("too far")
else:
    # House 0 may be anywhere, but a round may also be cycled backwards.
    print(*(house + 1 for house in min(itertools.permutations(range(n)), key=length)))
