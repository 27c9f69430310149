"""Writes the secret inputs: python3 generators/generate.py, from the package folder. The answers are made by submissions/accepted/press.cpp."""
import pathlib
import random

rng = random.Random(1001)
secret = pathlib.Path("data/secret")
secret.mkdir(parents=True, exist_ok=True)

cases = {
    "01-nothing": (0, 0),
    "02-one-side": (0, 17),
    "03-other-side": (99, 0),
    "04-carry": (999_999_999, 1),
    "05-int-max": (2**31 - 1, 1),
    "06-unsigned-max": (2**32 - 1, 1),
    "07-double-limit": (2**53, 1),
    "08-large": (10**18 - 7, 10**18 - 12),
    "09-largest": (10**18, 10**18),
}
for i in range(10, 16):
    digits = (i - 9) * 3
    cases[f"{i}-random"] = (rng.randrange(10**digits), rng.randrange(10**digits))
for name, (a, b) in cases.items():
    (secret / f"{name}.in").write_text(f"{a} {b}\n")
