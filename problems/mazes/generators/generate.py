"""Writes the mazes, the shortest ways and the submissions: python3 generators/generate.py, from the package folder."""
import pathlib
import random
from collections import deque

rng = random.Random(2006)
STEPS = {"N": (-1, 0), "E": (0, 1), "S": (1, 0), "W": (0, -1)}


def carve(h, w, doors):
    """A maze of corridors, with some more walls taken out so that there are several ways."""
    rows = [["#"] * w for _ in range(h)]
    stack = [(1, 1)]
    rows[1][1] = "."
    while stack:
        y, x = stack[-1]
        moves = [(dy, dx) for dy, dx in STEPS.values() if 0 < y + 2 * dy < h - 1 and 0 < x + 2 * dx < w - 1 and rows[y + 2 * dy][x + 2 * dx] == "#"]
        if not moves:
            stack.pop()
            continue
        dy, dx = rng.choice(moves)
        rows[y + dy][x + dx] = rows[y + 2 * dy][x + 2 * dx] = "."
        stack.append((y + 2 * dy, x + 2 * dx))
    for _ in range(doors):
        rows[rng.randrange(1, h - 1)][rng.randrange(1, w - 1)] = "."
    rows[1][1], rows[h - 2][w - 2] = "S", "E"
    return ["".join(row) for row in rows]


def way(rows, order):
    """A way out by breadth-first search (order 'breadth') or by depth-first search."""
    start = next((y, row.index("S")) for y, row in enumerate(rows) if "S" in row)
    open_cells, ways = deque([start]), {start: ""}
    while open_cells:
        cell = open_cells.popleft() if order == "breadth" else open_cells.pop()
        if rows[cell[0]][cell[1]] == "E":
            return ways[cell]
        for letter, (dy, dx) in STEPS.items():
            there = (cell[0] + dy, cell[1] + dx)
            if 0 <= there[0] < len(rows) and 0 <= there[1] < len(rows[0]) and rows[there[0]][there[1]] != "#" and there not in ways:
                ways[there] = ways[cell] + letter
                open_cells.append(there)


mazes = {
    "1-garden": ["S..", ".#.", "..E"],
    "2-hedge": carve(15, 21, 6),
    "3-cellar": carve(31, 41, 40),
    "4-castle": carve(59, 59, 150),
}
submissions = {"accepted/shortest": {}, "accepted/hurried": {}, "wrong_answer/missing": {}, "wrong_answer/walls": {}, "wrong_answer/binary": {}}
secret = pathlib.Path("data/secret")
secret.mkdir(parents=True, exist_ok=True)
for name, rows in mazes.items():
    (secret / f"{name}.in").write_text("\n".join([f"{len(rows)} {len(rows[0])}", *rows]) + "\n")
    best = way(rows, "breadth")
    (secret / f"{name}.ans").write_text(best + "\n")
    there_and_back = best + {"N": "S", "S": "N", "E": "W", "W": "E"}[best[-1]] + best[-1]
    submissions["accepted/shortest"][name] = best
    submissions["accepted/hurried"][name] = there_and_back if name == "1-garden" else way(rows, "depth")
    submissions["wrong_answer/walls"][name] = "N" * 5
    submissions["wrong_answer/binary"][name] = "\x00\x01 42\nE"
    if name != "4-castle":
        submissions["wrong_answer/missing"][name] = best
for submission, files in submissions.items():
    folder = pathlib.Path("submissions") / submission
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.out").write_text(text + "\n")
