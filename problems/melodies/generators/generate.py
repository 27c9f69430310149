"""Writes the secret inputs: python3 generators/generate.py, from the package folder. The answers are made by submissions/accepted/sums.cpp."""
import pathlib

secret = pathlib.Path("data/secret")
secret.mkdir(parents=True, exist_ok=True)
cases = [
    (1, 1, 0, 1, 1),
    (1, 5, 5, 2, 3),
    (2, 9, 3, 1, 4),
    (2, 9, 3, 1, 5),
    (30, 1, 0, 1, 1),
    (10, 5, 0, 3, 3),
    (10, 5, 0, 3, 4),
    (12, 4, 100, 1, 4),
    (40, 7, 2, 1, 7),
    (64, 2, 1, 1, 2),
    (99, 100, 1, 1, 100),
    (100, 100, 1, 1, 100),
    (500, 10, 3, 10, 1),
    (999, 100, 7, 50, 51),
    (1000, 100, 100, 1, 100),
    (1000, 100, 1, 100, 1),
    (1000, 99, 49, 50, 50),
]
for number, case in enumerate(cases, start=1):
    (secret / f"{number:02}.in").write_text(" ".join(map(str, case)) + "\n")
