# Recursion along the trail: too deep for the longer ones.
from functools import lru_cache


@lru_cache(maxsize=None)
def climb(i):
    later = [climb(j) for j in range(i + 1, n)]
    return 1 + max((nights for j, nights in enumerate(later, start=i + 1) if heights[j] > heights[i]), default=0)


n = int(input())
heights = list(map(int, input().split()))
print(max(climb(i) for i in range(n)))
