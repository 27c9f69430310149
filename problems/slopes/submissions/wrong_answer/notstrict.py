# Is content with huts of the same height.
from bisect import bisect_right

n = int(input())
last = []
for height in map(int, input().split()):
    place = bisect_right(last, height)
    last[place:place + 1] = [height]
print(len(last))
