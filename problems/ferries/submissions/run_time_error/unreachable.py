# Asks for the way to an island that cannot be reached: KeyError.
n, m = map(int, input().split())
minutes = {1: 0}
for _ in range(m):
    input()
print(minutes[n])
