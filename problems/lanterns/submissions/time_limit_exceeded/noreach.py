# Pushes every lantern along the road, one reach at a time, until it has passed the dark house. With r = 0 it stays where it is.
n, r = map(int, input().split())
lanterns, lit = 0, -1
for house in sorted(map(int, input().split())):
    if house <= lit:
        continue
    lanterns += 1
    lantern = house
    while lantern <= house:
        lantern += r
    lit = lantern + r
print(lanterns)
