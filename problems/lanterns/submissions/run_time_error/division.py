# The length of the village in lantern widths; with r = 0 the width is zero.
n, r = map(int, input().split())
houses = sorted(map(int, input().split()))
widths = {(house - houses[0]) // (2 * r) for house in houses}
lanterns, lit = 0, -1
for house in houses:
    if house > lit:
        lanterns += 1
        lit = house + 2 * r
print(lanterns)
