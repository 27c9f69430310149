# A lone post has no neighbour: IndexError.
import math
import sys

n, r, *numbers = map(int, sys.stdin.buffer.read().split())
posts = sorted(zip(numbers[::2], numbers[1::2]))
first, second = posts[0], posts[1]
print(math.tau * r + 2 * math.dist(first, second) if n == 2 else 1 // 0)
