"""Writes the secret inputs: python3 generators/generate.py, from the package folder. The answers are made by submissions/accepted/xor.cpp.

The largest input is over 10 MB. It repeats blocks of socks, so that it takes little space in a compressed package.
"""
import pathlib
import random

rng = random.Random(1005)
secret = pathlib.Path("data/secret")
secret.mkdir(parents=True, exist_ok=True)


def write(name, socks):
    (secret / f"{name}.in").write_text("\n".join(map(str, [len(socks), *socks])) + "\n")


def pairs(count, low, high):
    socks = [rng.randint(low, high) for _ in range(count)]
    return socks + socks


def shuffled(socks):
    rng.shuffle(socks)
    return socks


write("01-one", [1_000_000_000])
write("02-first", [5, 8, 8])
write("03-thrice", [4, 4, 4])
write("04-popular", shuffled([3] * 501 + [7] * 500))
write("05-small", shuffled(pairs(200, 1, 50) + [51]))
write("06-high-bits", shuffled(pairs(300, 2**29, 10**9) + [2**29 + 1]))
write("07-medium", shuffled(pairs(5_000, 1, 10**9) + [123_456_789]))
block = pairs(500, 10**8, 10**9)
write("08-huge", shuffled(list(block)) + block * 1079 + [987_654_321])
write("09-nines", [*[999_999_999, 999_999_998] * 2_000, 1_000_000_000])
