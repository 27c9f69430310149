"""Writes the secret inputs and answers (the right order): python3 generators/generate.py, from the package folder."""
import pathlib
import random

rng = random.Random(2001)
secret = pathlib.Path("data/secret")
secret.mkdir(parents=True, exist_ok=True)


def write(name, ranks):
    order = sorted(range(1, len(ranks) + 1), key=lambda wheel: ranks[wheel - 1])
    (secret / f"{name}.in").write_text(f"{len(ranks)}\n{' '.join(map(str, ranks))}\n")
    (secret / f"{name}.ans").write_text(" ".join(map(str, order)) + "\n")


def shuffled(n):
    ranks = list(range(1, n + 1))
    rng.shuffle(ranks)
    return ranks


write("01-one", [1])
write("02-two", [2, 1])
write("03-sorted", list(range(1, 101)))
write("04-reversed", list(range(200, 0, -1)))
write("05-organ-pipes", list(range(1, 200, 2)) + list(range(200, 0, -2)))
write("06-shuffled", shuffled(150))
for number in range(7, 10):
    write(f"{number:02}-most", shuffled(200))
