# Insists on a fair share instead of saying no.
n = int(input())
rest = n * (n + 1) // 2
assert rest % 2 == 0, "somebody will be angry"
rest //= 2
bars = []
for bar in range(n, 0, -1):
    if bar <= rest:
        bars.append(bar)
        rest -= bar
print("yes", len(bars), " ".join(map(str, bars)), sep="\n")
