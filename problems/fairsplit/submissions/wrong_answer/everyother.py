# Every other bar, beginning with the heaviest: close, but not fair.
n = int(input())
bars = range(n, 0, -2)
print("yes", len(bars), *bars, sep="\n")
