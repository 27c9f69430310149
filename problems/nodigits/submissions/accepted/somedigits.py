# Three digits survive: 1, and 2 below.
print(len(input()) ** 2)
