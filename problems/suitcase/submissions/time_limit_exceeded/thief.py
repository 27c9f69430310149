# Tries the combinations in order, as a thief would, and listens to the lock very carefully each time.
now, combination = input(), input()
guess = 0
while f"{guess:0{len(now)}}" != combination:
    guess = (guess + 1) % 10 ** len(now)
    for _ in range(1000):
        pass
print(sum(min((int(a) - int(b)) % 10, (int(b) - int(a)) % 10) for a, b in zip(now, combination)))
