# Every letter becomes two letters from a to f; z marks the beginning.
SIX = "abcdef"
verb, word = input(), input()
if verb == "write":
    print("z" + "".join(SIX[(ord(letter) - 97) // 6] + SIX[(ord(letter) - 97) % 6] for letter in word))
else:
    start = word.index("z")
    ring = word[start + 1:] + word[:start]
    print("".join(chr(97 + 6 * SIX.index(a) + SIX.index(b)) for a, b in zip(ring[::2], ring[1::2])))
