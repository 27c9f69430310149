# Weighs every pair: right, but 19900 weighings are too many.
n = int(input())
heavier = [0] * (n + 1)
for i in range(1, n + 1):
    for j in range(1, i):
        print("?", i, j, flush=True)
        heavier[i if input() == ">" else j] += 1
print("!", *sorted(range(1, n + 1), key=heavier.__getitem__), flush=True)
