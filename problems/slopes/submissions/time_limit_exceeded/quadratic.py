n = int(input())
heights = list(map(int, input().split()))
nights = []
for i, height in enumerate(heights):
    nights.append(1 + max((nights[j] for j in range(i) if heights[j] < height), default=0))
print(max(nights))
