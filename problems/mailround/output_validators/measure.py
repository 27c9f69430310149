"""Measures a round and writes score.txt. Called as: measure.py input answer feedback-folder/ < output. The answer file holds the length of the best round."""
import sys
from pathlib import Path

feedback = Path(sys.argv[3])


def reject(why):
    (feedback / "judgemessage.txt").write_text(why + "\n")
    sys.exit(43)


houses = [(0, 0)] + [tuple(map(int, line.split())) for line in Path(sys.argv[1]).read_text().splitlines()[1:]]
best = int(Path(sys.argv[2]).read_text())
tokens = sys.stdin.buffer.read(100_000).split()
if sorted(tokens) != sorted(b"%d" % house for house in range(1, len(houses))):
    reject("not every house exactly once")
stops = [houses[0], *(houses[int(token)] for token in tokens), houses[0]]
length = sum(abs(a - c) + abs(b - d) for (a, b), (c, d) in zip(stops, stops[1:]))
if length < best:
    raise AssertionError("better than the best round")
(feedback / "score.txt").write_text(f"{100 * best / length:.6f}\n")
(feedback / "judgemessage.txt").write_text(f"{length} blocks, {best} would do\n")
sys.exit(42)
