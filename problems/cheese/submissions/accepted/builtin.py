from functools import cmp_to_key


def weigh(i, j):
    print("?", i, j, flush=True)
    return -1 if input() == "<" else 1


n = int(input())
print("!", *sorted(range(1, n + 1), key=cmp_to_key(weigh)), flush=True)
