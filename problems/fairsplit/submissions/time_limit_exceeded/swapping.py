# Swaps bars at random until the shares are equal, with an odd total forever.
import random

rng = random.Random(7)
n = int(input())
total = n * (n + 1) // 2
while True:
    bars = [bar for bar in range(1, n + 1) if rng.random() < 0.5]
    if 2 * sum(bars) == total:
        break
print("yes", len(bars), " ".join(map(str, bars)), sep="\n")
