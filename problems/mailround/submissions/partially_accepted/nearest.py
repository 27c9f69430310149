# Always goes to the nearest house.
n = int(input())
houses = {house: tuple(map(int, input().split())) for house in range(1, n + 1)}
x = y = 0
order = []
while houses:
    nearest = min(houses, key=lambda house: abs(houses[house][0] - x) + abs(houses[house][1] - y))
    x, y = houses.pop(nearest)
    order.append(nearest)
print(*order)
