# Takes the heaviest bar that still fits, until half the gold is reached; with weights 1 to n that always works out.
n = int(input())
rest, odd = divmod(n * (n + 1) // 2, 2)
if odd:
    print("no")
else:
    bars = []
    for bar in range(n, 0, -1):
        if bar <= rest:
            bars.append(bar)
            rest -= bar
    print("yes", len(bars), " ".join(map(str, bars)), sep="\n")
