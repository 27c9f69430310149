import sys


def find(x):
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x


n, m, *pairs = map(int, sys.stdin.buffer.read().split())
# Node c stands for "chef c is in the north", node n + c for "chef c is in the south".
parent = list(range(2 * n + 1))
for a, b in zip(pairs[::2], pairs[1::2]):
    parent[find(a)] = find(n + b)
    parent[find(b)] = find(n + a)

if any(find(c) == find(n + c) for c in range(1, n + 1)):
    print("impossible")
else:
    # Of the two mirror images of a component, the one with the smaller root is true.
    print("".join("N" if find(c) < find(n + c) else "S" for c in range(1, n + 1)))
