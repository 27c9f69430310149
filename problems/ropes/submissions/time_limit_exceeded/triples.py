# For every pair of posts, checks that all others lie on one side: cubic, after a needless sort by every pair.
import itertools
import math
import sys

n, r, *numbers = map(int, sys.stdin.buffer.read().split())
posts = list(zip(numbers[::2], numbers[1::2]))
length = math.tau * r
if n == 2:
    length += 2 * math.dist(*posts)
elif len({(x - posts[0][0]) * (posts[-1][1] - posts[0][1]) - (y - posts[0][1]) * (posts[-1][0] - posts[0][0]) for x, y in posts}) == 1:
    posts.sort()
    length += 2 * math.dist(posts[0], posts[-1])
else:
    edges = []
    for a, b in itertools.permutations(posts, 2):
        sides = [(b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) for x, y in posts]
        if min(sides) >= 0:
            on_edge = [p for p, side in zip(posts, sides) if side == 0]
            edges.append((min(on_edge), max(on_edge), a < b))
    length += sum(math.dist(a, b) for a, b, _ in set(edges))
print(length)
