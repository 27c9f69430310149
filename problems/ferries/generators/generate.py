"""Writes the secret inputs: python3 generators/generate.py, from the package folder. The answers are made by submissions/accepted/twolevels.cpp."""
import pathlib
import random

rng = random.Random(1009)
secret = pathlib.Path("data/secret")
secret.mkdir(parents=True, exist_ok=True)


def write(name, n, lines):
    unique = {}
    for a, b, t in lines:
        if a != b:
            unique.setdefault((min(a, b), max(a, b)), (a, b, t))
    lines = list(unique.values())
    rng.shuffle(lines)
    text = "\n".join([f"{n} {len(lines)}", *(f"{a} {b} {t}" for a, b, t in lines)])
    (secret / f"{name}.in").write_text(text + "\n")


def path(n, longest):
    return [(i, i + 1, rng.randint(1, longest)) for i in range(1, n)]


def scatter(n, count, longest):
    return [(rng.randint(1, n), rng.randint(1, n), rng.randint(1, longest)) for _ in range(count)]


write("01-stranded", 2, [])
write("02-one-line", 2, [(2, 1, 1_000_000_000)])
write("03-two-shores", 6, [(1, 2, 1), (2, 3, 1), (4, 5, 1), (5, 6, 1)])
write("04-detour", 5, [(1, 2, 5), (2, 5, 5), (1, 3, 1), (3, 4, 1), (4, 5, 9)])
write("05-triangle", 3, [(1, 2, 4), (2, 3, 4), (1, 3, 1_000_000_000)])
write("06-long-path", 20_000, path(20_000, 10**9))
write("07-path-and-bridges", 5000, path(5000, 100) + scatter(5000, 300, 10**9))
write("08-small-dense", 60, scatter(60, 1500, 50))
write("09-equal", 2000, [(a, b, 7) for a, b, _ in scatter(2000, 20_000, 1)])
write("10-most", 20_000, scatter(20_000, 50_000, 10**9))
write("11-most-slow-path", 20_000, path(20_000, 3) + scatter(20_000, 30_000, 10**9))
