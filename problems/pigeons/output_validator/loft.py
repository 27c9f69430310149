"""Keeps the pigeons. Called as: loft.py input answer feedback-folder/ < output, once per run of the submission.

The answer file holds the message. That the first run is over is remembered in the feedback folder, which outlives a pass.
"""
import sys
from pathlib import Path

ACCEPT, REJECT = 42, 43
feedback = Path(sys.argv[3])
ring_file = feedback / "ring.txt"
LETTERS = set(b"abcdefghijklmnopqrstuvwxyz")


def finish(code, text):
    (feedback / "judgemessage.txt").write_text(text + "\n")
    sys.exit(code)


message = Path(sys.argv[2]).read_bytes().strip()
output = sys.stdin.buffer.read(100_000)
words = output.split()

if ring_file.exists():
    if words != [message]:
        finish(REJECT, "the second run read another message")
    finish(ACCEPT, "message delivered")

if len(words) != 1 or len(output) == 100_000:
    finish(REJECT, "the first run must print one word")
ring = words[0]
if len(ring) > 3 * len(message) + 3:
    finish(REJECT, f"{len(ring)} letters do not fit onto the ring")
if not LETTERS.issuperset(ring):
    finish(REJECT, "only letters from a to z may be written onto the ring")

# The pigeon's taste depends on the ring alone, so that judging again gives the same verdict.
turn = sum(place * letter for place, letter in enumerate(ring, start=7)) % len(ring)
ring_file.write_bytes(ring)
(feedback / "nextpass.in").write_bytes(b"read\n" + ring[turn:] + ring[:turn] + b"\n")
finish(ACCEPT, f"ring of {len(ring)} letters, turned by {turn}")
