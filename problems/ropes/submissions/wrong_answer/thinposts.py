# Forgets that posts have a radius.
import math
import sys


def half_hull(points):
    hull = []
    for x, y in points:
        while len(hull) >= 2:
            (ax, ay), (bx, by) = hull[-2:]
            if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                break
            hull.pop()
        hull.append((x, y))
    return hull


n, r, *numbers = map(int, sys.stdin.buffer.read().split())
posts = sorted(zip(numbers[::2], numbers[1::2]))
loop = half_hull(posts) + half_hull(posts[::-1])
print(sum(math.dist(a, b) for a, b in zip(loop, loop[1:])))
