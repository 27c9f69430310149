import re
import sys


def reject(why):
    print(why)
    sys.exit(43)


data = sys.stdin.buffer.read()
if not re.fullmatch(rb"[1-9][0-9]? [1-9][0-9]?\n(?:[#.SE]+\n)+", data):
    reject("expected the height and the width, then lines of # . S and E")
size, *rows = data.decode().splitlines()
h, w = map(int, size.split())
if not (h <= 60 and w <= 60) or len(rows) != h or any(len(row) != w for row in rows):
    reject("the maze has another size")
if "".join(rows).count("S") != 1 or "".join(rows).count("E") != 1:
    reject("one start and one exit, please")
sys.exit(42)
