"""Writes the secret inputs: python3 generators/generate.py, from the package folder. The answers are made by submissions/accepted/borders.cpp."""
import pathlib
import random

rng = random.Random(1008)
secret = pathlib.Path("data/secret")
secret.mkdir(parents=True, exist_ok=True)
LONGEST = 200_000


def fibonacci_word(length):
    a, b = "b", "a"
    while len(b) < length:
        a, b = b, b + a
    return b[:length]


half = "".join(rng.choice("ab") for _ in range(50_000))
cases = {
    "01-letter": "q",
    "02-palindrome": "noon",
    "03-almost": "bacab" * 20 + "x",
    "04-inner-palindrome": "xabbab",
    "05-two-letters": "ab" * 500,
    "06-random": "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(1000)),
    "07-all-equal": "a" * LONGEST,
    "08-one-different": "b" + "a" * (LONGEST - 1),
    "09-different-at-end": "a" * (LONGEST - 1) + "b",
    "10-long-palindrome": half + half[::-1],
    "11-spoiled-palindrome": "c" + half + half[::-1],
    "12-fibonacci": fibonacci_word(LONGEST),
    "13-longest-random": "".join(rng.choice("xyz") for _ in range(LONGEST)),
}
for name, word in cases.items():
    (secret / f"{name}.in").write_text(word + "\n")
