"""Writes the secret inputs: python3 generators/generate.py, from the package folder. The answers are made by submissions/accepted/breadth.cpp."""
import pathlib
import random

rng = random.Random(1003)
secret = pathlib.Path("data/secret")
secret.mkdir(parents=True, exist_ok=True)


def write(name, n, pairs):
    pairs = sorted({(min(p), max(p)) for p in pairs if p[0] != p[1]})
    rng.shuffle(pairs)
    lines = [f"{n} {len(pairs)}", *(f"{a} {b}" for a, b in pairs)]
    (secret / f"{name}.in").write_text("\n".join(lines) + "\n")


def relabel(n, pairs):
    names = list(range(1, n + 1))
    rng.shuffle(names)
    return [(names[a - 1], names[b - 1]) for a, b in pairs]


def cycle(first, length):
    return [(first + i, first + (i + 1) % length) for i in range(length)]


def two_sided(n, count):
    side = [rng.random() < 0.5 for _ in range(n + 1)]
    north = [i for i in range(1, n + 1) if side[i]] or [1]
    south = [i for i in range(1, n + 1) if not side[i]] or [n]
    return [(rng.choice(north), rng.choice(south)) for _ in range(count)]


write("01-alone", 1, [])
write("02-peace", 1000, [])
write("03-pair", 2, [(1, 2)])
write("04-odd-cycle", 5, cycle(1, 5))
write("05-even-cycle", 6, relabel(6, cycle(1, 6)))
write("06-late-triangle", 400, [(i, i + 1) for i in range(1, 390)] + cycle(396, 3))
write("07-star", 2000, [(1000, i) for i in range(1, 2001)])
write("08-two-sided", 300, two_sided(300, 700))
write("09-parts", 5000, relabel(5000, [e for start in range(1, 5000, 10) for e in cycle(start, 10)]))
write("10-path", 50_000, [(i, i + 1) for i in range(1, 50_000)])
write("11-long-odd-cycle", 49_999, relabel(49_999, cycle(1, 49_999)))
write("12-most", 50_000, two_sided(50_000, 100_000))
write("13-most-spoiled", 50_000, two_sided(50_000, 99_990) + cycle(30_000, 3))
