from bisect import bisect_left

n = int(input())
last = []
for height in map(int, input().split()):
    place = bisect_left(last, height)
    last[place:place + 1] = [height]
print(len(last))
