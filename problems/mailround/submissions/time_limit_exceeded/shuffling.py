# Shuffles until the houses are sorted by a street number that they do not have.
import random

houses = list(range(int(input())))
while houses:
    random.shuffle(houses)
