# Tries all replies of one letter, then of two letters, and so on.
import itertools

word = input()
for length in itertools.count():
    for reply in itertools.product("abcdefghijklmnopqrstuvwxyz", repeat=length):
        said = word + "".join(reply)
        if said == said[::-1]:
            print(said)
            raise SystemExit
