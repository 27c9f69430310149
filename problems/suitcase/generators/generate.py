"""Writes the secret inputs: python3 generators/generate.py, from the package folder. The answers are made by submissions/accepted/clerk.cpp."""
import itertools
import pathlib
import random

rng = random.Random(1004)
secret = pathlib.Path("data/secret")
secret.mkdir(parents=True, exist_ok=True)
numbers = itertools.count(1)


def write(now, combination):
    (secret / f"{next(numbers):03}.in").write_text(f"{now}\n{combination}\n")


def digits(count):
    return "".join(rng.choice("0123456789") for _ in range(count))


# From every digit to 0 and to 7: the turns over the 9, and the digits opposite each other.
for digit in range(10):
    write(digit, 0)
    write(digit, 7)
write("00000000", "99999999")
write("00000000", "55555555")
write("12345678", "12345678")
write("00000001", "00000000")
for length in range(1, 9):
    for _ in range(11):
        write(digits(length), digits(length))
