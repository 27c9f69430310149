# Visits the first house again at the end, with the letter that was forgotten.
n = int(input())
print(*range(1, n + 1), 1)
