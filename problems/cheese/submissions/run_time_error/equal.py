# Expects that wheels may weigh the same; the balance never answers "=".
answers = {"=": 0}
n = int(input())
for wheel in range(2, n + 1):
    print("?", 1, wheel, flush=True)
    answers[input()] += 1
print("!", *range(1, n + 1), flush=True)
raise SystemExit(3)
