"""Accepts every fair share. Called as: notary.py input answer feedback-folder/ < output"""
import sys
from pathlib import Path

ACCEPT, REJECT = 42, 43


def finish(code, message):
    (Path(sys.argv[3]) / "judgemessage.txt").write_text(message + "\n")
    sys.exit(code)


def number(token):
    # int() takes signs, underscores and foreign digits as well; a contestant may not.
    if not token.isdigit() or len(token) > 6:
        finish(REJECT, f"not a number of this problem: {token[:20]!r}")
    return int(token)


n = int(Path(sys.argv[1]).read_text())
possible = Path(sys.argv[2]).read_text().split()[0] == "yes"
# Nobody needs more bytes than that; what lies beyond is looked at only to see that it is there.
output = sys.stdin.buffer.read(1_000_000)
if len(output) == 1_000_000:
    finish(REJECT, "far too much output")
tokens = output.split()

if tokens == [b"no"]:
    finish(REJECT if possible else ACCEPT, "there is a way" if possible else "rightly refused")
if len(tokens) < 2 or tokens[0] != b"yes":
    finish(REJECT, "the output begins neither with 'yes' and a number nor is it 'no' alone")
count = number(tokens[1])
if len(tokens) != count + 2:
    finish(REJECT, f"{count} bars announced, {len(tokens) - 2} named")
bars = [number(token) for token in tokens[2:]]
if not all(1 <= bar <= n for bar in bars):
    finish(REJECT, "a bar that Leopold never had")
if len(set(bars)) != count:
    finish(REJECT, "a bar is given away twice")
share, total = sum(bars), n * (n + 1) // 2
if 2 * share != total:
    finish(REJECT, f"the first niece gets {share} of {total} grams")
if not possible:
    raise AssertionError("the judge answer says that this cannot be")
finish(ACCEPT, "a fair share")
