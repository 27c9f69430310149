# Trusts the pigeon to begin at the beginning.
verb, word = input(), input()
print(word)
