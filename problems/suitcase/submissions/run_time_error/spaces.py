# Expects spaces between the digits; int() is fine with longer numbers, the table of ten is not.
now, combination = map(int, input().split()), map(int, input().split())
turn = [[min((a - b) % 10, (b - a) % 10) for b in range(10)] for a in range(10)]
print(sum(turn[a][b] for a, b in zip(now, combination)))
