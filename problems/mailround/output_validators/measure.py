"""Measures a round and writes score.txt. Called as: measure.py input answer feedback-folder/ < output. The answer file holds a best round."""
import sys
from pathlib import Path

feedback = Path(sys.argv[3])


def reject(why):
    (feedback / "judgemessage.txt").write_text(why + "\n")
    sys.exit(43)


houses = [(0, 0)] + [tuple(map(int, line.split())) for line in Path(sys.argv[1]).read_text().splitlines()[1:]]


def length(tokens):
    stops = [houses[0], *(houses[int(token)] for token in tokens), houses[0]]
    return sum(abs(a - c) + abs(b - d) for (a, b), (c, d) in zip(stops, stops[1:]))


tokens = sys.stdin.buffer.read(100_000).split()
if sorted(tokens) != sorted(b"%d" % house for house in range(1, len(houses))):
    reject("not every house exactly once")
best, blocks = length(Path(sys.argv[2]).read_text().split()), length(tokens)
if blocks < best:
    raise AssertionError("better than the best round")
(feedback / "score.txt").write_text(f"{100 * best / blocks:.6f}\n")
(feedback / "judgemessage.txt").write_text(f"{blocks} blocks, {best} would do\n")
sys.exit(42)
