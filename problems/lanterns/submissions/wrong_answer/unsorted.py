# Believes that the houses come in the order of the road.
n, r = map(int, input().split())
lanterns, lit = 0, -1
for house in map(int, input().split()):
    if house > lit:
        lanterns += 1
        lit = house + 2 * r
print(lanterns)
