"""Writes the secret inputs: python3 generators/generate.py, from the package folder. The answers are made by submissions/accepted/formula.py."""
import pathlib

groups = {
    "group1": [1, 2, 10, 99, 1000],
    "group2": [1001, 4096, 77_777, 100_000],
    "group3": [10**6, 10**9 + 6, 10**9 + 7, 2**32, 2**59 + 1, 123_456_789_012_345_678, 10**18],
}
for group, sizes in groups.items():
    folder = pathlib.Path("data/secret") / group
    folder.mkdir(parents=True, exist_ok=True)
    for number, size in enumerate(sizes, start=1):
        (folder / f"{number:02}.in").write_text(f"{size}\n")
