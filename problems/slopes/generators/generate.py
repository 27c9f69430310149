"""Writes the secret inputs: python3 generators/generate.py, from the package folder. The answers are made by submissions/accepted/patience.cpp."""
import pathlib
import random

rng = random.Random(2003)


def write(name, heights):
    path = pathlib.Path("data/secret") / f"{name}.in"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{len(heights)}\n{' '.join(map(str, heights))}\n")


def scatter(n, top):
    return [rng.randint(0, top) for _ in range(n)]


write("1-tiny/01-one", [1_000_000_000])
write("1-tiny/02-flat", [3] * 10)
write("1-tiny/03-down", list(range(16, 0, -1)))
write("1-tiny/04-mixed", scatter(16, 20))
write("1-tiny/05-mixed", scatter(15, 10**9))
write("2-small/01-up", list(range(0, 4000, 2)))
write("2-small/02-flat", [7] * 2000)
write("2-small/03-mixed", scatter(2000, 50))
write("2-small/04-mixed", scatter(2000, 10**9))
write("3-large/01-up", list(range(100_000)))
write("3-large/02-mixed", scatter(100_000, 10**9))
write("3-large/03-waves", [i % 317 * 1000 + i // 317 for i in range(100_000)])
