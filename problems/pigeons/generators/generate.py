"""Writes the secret inputs and answers (the messages): python3 generators/generate.py, from the package folder."""
import pathlib
import random

rng = random.Random(2002)
secret = pathlib.Path("data/secret")
secret.mkdir(parents=True, exist_ok=True)
LETTERS = "abcdefghijklmnopqrstuvwxyz"

messages = {
    "01-a": "a",
    "02-z": "z",
    "03-alphabet": LETTERS + LETTERS[::-1],
    "04-all-z": "z" * 1000,
    "05-all-a": "a" * 999,
    "06-repeating": "attack" * 100,
    "07-random": "".join(rng.choice(LETTERS) for _ in range(1000)),
    "08-random-short": "".join(rng.choice(LETTERS) for _ in range(50)),
    "09-two-letters": "".join(rng.choice("yz") for _ in range(1000)),
}
for name, message in messages.items():
    (secret / f"{name}.in").write_text(f"write\n{message}\n")
    (secret / f"{name}.ans").write_text(message + "\n")
