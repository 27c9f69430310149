"""Writes the secret testcases: python3 generators/generate.py, from the package folder. The answers are the best rounds."""
import itertools
import pathlib
import random

rng = random.Random(2007)


def length(stops):
    stops = [(0, 0), *stops, (0, 0)]
    return sum(abs(a - c) + abs(b - d) for (a, b), (c, d) in zip(stops, stops[1:]))


def best(houses):
    return min(itertools.permutations(range(1, len(houses) + 1)), key=lambda stops: length([houses[stop - 1] for stop in stops]))


def write(folder, name, houses):
    path = pathlib.Path("data") / folder
    path.mkdir(parents=True, exist_ok=True)
    (path / f"{name}.in").write_text("\n".join([str(len(houses)), *(f"{x} {y}" for x, y in houses)]) + "\n")
    (path / f"{name}.ans").write_text(" ".join(map(str, best(houses))) + "\n")


def scatter(count, reach):
    return [(rng.randint(-reach, reach), rng.randint(-reach, reach)) for _ in range(count)]


write("sample", "1", [(2, 0), (-3, 1), (2, 4)])
write("secret", "1-one", [(5, -7)])
write("secret", "2-street", [(10, 0), (-4, 0), (30, 0), (-20, 0), (12, 0)])
write("secret", "3-zigzag", [(1, 0), (-2, 0), (4, 0), (-8, 0), (16, 0), (-32, 0), (64, 0), (-128, 0)])
write("secret", "4-town", scatter(7, 100))
write("secret", "5-suburbs", scatter(8, 1000))
write("secret", "6-everywhere", scatter(9, 1000))
