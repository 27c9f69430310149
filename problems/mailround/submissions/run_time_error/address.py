houses = [input() for _ in range(int(input()))]
print(houses[len(houses)])
