# Believes that an empty cart hides the other one.
a, b = map(int, input().split())
print(a and b and a + b)
