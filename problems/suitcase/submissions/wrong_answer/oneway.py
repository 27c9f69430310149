# Only ever turns a wheel upwards.
now, combination = input(), input()
print(sum((int(b) - int(a)) % 10 for a, b in zip(now, combination)))
