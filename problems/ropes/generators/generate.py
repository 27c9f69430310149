"""Writes the secret inputs: python3 generators/generate.py, from the package folder. The answers are made by submissions/accepted/wanda.cpp."""
import math
import pathlib
import random

rng = random.Random(1002)
secret = pathlib.Path("data/secret")
secret.mkdir(parents=True, exist_ok=True)
LIMIT = 10**6


def write(name, radius, points):
    points = list(dict.fromkeys(points))
    rng.shuffle(points)
    lines = [f"{len(points)} {radius}", *(f"{x} {y}" for x, y in points)]
    (secret / f"{name}.in").write_text("\n".join(lines) + "\n")


def scatter(count, limit):
    return [(rng.randint(-limit, limit), rng.randint(-limit, limit)) for _ in range(count)]


def circle(count, radius):
    angles = [rng.random() * math.tau for _ in range(count)]
    return [(round(radius * math.cos(a)), round(radius * math.sin(a))) for a in angles]


write("01-one-post", 1000, [(0, 0)])
write("02-two-posts", 1, [(-LIMIT, -LIMIT), (LIMIT, LIMIT)])
write("03-upright-line", 7, [(5, y) for y in range(-50, 50)])
write("04-slanted-line", 3, [(3 * i, 7 * i) for i in range(-300, 300)])
write("05-triangle", 10, [(0, 0), (1000, 0), (0, 1000)])
write("06-grid", 2, [(x, y) for x in range(40) for y in range(60)])
write("07-scatter-small", 1, scatter(60, 20))
write("08-scatter", 500, scatter(2_000, LIMIT))
write("09-circle", 1, circle(3_000, LIMIT))
write("10-overlapping", 1000, scatter(200, 15))
write("11-corners", 1, scatter(5_000, LIMIT // 2) + [(sx * LIMIT, sy * LIMIT) for sx in (-1, 1) for sy in (-1, 1)])
write("12-many-on-circle", 999, circle(19_000, LIMIT) + [(0, 0)])
write("13-most", 1, scatter(20_000, LIMIT))
