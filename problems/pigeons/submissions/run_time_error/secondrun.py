# Only ever writes; there is no "read" in the table of verbs.
verb, word = input(), input()
print({"write": word}[verb])
