"""Forgets the worst of the results and averages the rest: reads lines "VERDICT SCORE", prints one."""
import sys

results = [line.split() for line in sys.stdin.read().splitlines()]
ranked = sorted(((verdict != "AC", -float(score) if verdict == "AC" else 0.0, verdict) for verdict, score in results))
kept = ranked[:-1] or ranked
failures = [verdict for failed, _, verdict in kept if failed]
score = sum(-points for failed, points, _ in kept if not failed) / len(kept)
print(failures[0] if failures else "AC", 0 if failures else round(score, 6))
