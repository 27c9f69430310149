"""Writes the secret inputs: python3 generators/generate.py, from the package folder. The answers are made by submissions/accepted/fours.cpp."""
import pathlib

secret = pathlib.Path("data/secret")
secret.mkdir(parents=True, exist_ok=True)
sizes = [1, 2, 3, 4, 5, 6, 8, 11, 12, 99, 100, 9_999, 50_001, 77_778, 99_999, 100_000]
for number, size in enumerate(sizes, start=1):
    (secret / f"{number:02}-n{size}.in").write_text(f"{size}\n")
