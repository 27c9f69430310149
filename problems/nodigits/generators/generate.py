"""Writes the secret testcases: python3 generators/generate.py, from the package folder."""
import pathlib

secret = pathlib.Path("data/secret")
secret.mkdir(parents=True, exist_ok=True)
words = {"1-letter": "a", "2-digits": "digit", "3-thief": "thievery", "4-seven": "sevensevensevenseven", "5-longest": "z" * 50}
for name, word in words.items():
    (secret / f"{name}.in").write_text(word + "\n")
    (secret / f"{name}.ans").write_text(f"{len(word) ** 2}\n")
