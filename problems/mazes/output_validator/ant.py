"""Walks the way. Called as: ant.py input answer feedback-folder/ < output. The answer file holds a shortest way."""
import sys
from pathlib import Path

STEPS = {"N": (-1, 0), "E": (0, 1), "S": (1, 0), "W": (0, -1)}
feedback = Path(sys.argv[3])


def reject(why):
    (feedback / "judgemessage.txt").write_text(why + "\n")
    sys.exit(43)


def walk(way, rows):
    y, x = next((y, row.index("S")) for y, row in enumerate(rows) if "S" in row)
    for number, step in enumerate(way, start=1):
        if step not in STEPS:
            reject(f"step {number} is no direction")
        y, x = y + STEPS[step][0], x + STEPS[step][1]
        if not (0 <= y < len(rows) and 0 <= x < len(rows[y])) or rows[y][x] == "#":
            reject(f"step {number} runs into a wall")
    return rows[y][x] == "E"


rows = Path(sys.argv[1]).read_text().splitlines()[1:]
shortest = len(Path(sys.argv[2]).read_text().strip())
words = sys.stdin.buffer.read(20_000).decode("latin-1").split()
if len(words) != 1 or len(words[0]) > 10_000:
    reject("expected one word of at most 10000 letters")
if not walk(words[0], rows):
    reject("this is not the exit")
if len(words[0]) < shortest:
    raise AssertionError("shorter than the shortest way")
(feedback / "score_multiplier.txt").write_text(f"{shortest / len(words[0]):.9f}\n")
(feedback / "judgemessage.txt").write_text(f"{len(words[0])} steps, {shortest} would do\n")
sys.exit(42)
