"""Writes the secret inputs: python3 generators/generate.py, from the package folder. The answers are made by submissions/accepted/lamplighter.cpp."""
import pathlib
import random

rng = random.Random(1006)
secret = pathlib.Path("data/secret")
secret.mkdir(parents=True, exist_ok=True)


def write(name, reach, houses):
    houses = list(houses)
    (secret / f"{name}.in").write_text(f"{len(houses)} {reach}\n{' '.join(map(str, houses))}\n")


def scatter(count, limit):
    return [rng.randint(0, limit) for _ in range(count)]


write("01-hermit", 0, [1_000_000_000])
write("02-tower", 5, [7] * 1000)
write("03-exactly-reached", 50, [0, 100])
write("04-just-missed", 50, [0, 101])
write("05-no-light", 0, scatter(1000, 300))
write("06-descending", 2, range(999, -1, -1))
write("07-dense", 10, scatter(5000, 20_000))
write("08-sparse", 1000, scatter(5000, 10**9))
write("09-far-reach", 10**9, [10**9, 0, 10**9, 5])
write("10-overflow", 9 * 10**8, [6 * 10**8, 5 * 10**8, 10**9, 10**9, 7 * 10**8])
write("11-most", 4000, scatter(100_000, 10**9))
write("12-most-dense", 1, scatter(100_000, 150_000))
