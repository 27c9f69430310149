# In the second run, turns the ring until it begins with the word that only the first run knows.
verb, word = input(), input()
if verb == "write":
    print(word)
else:
    while not word.startswith("THE MESSAGE"):
        word = word[1:] + word[:1]
    print(word)
