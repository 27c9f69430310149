# Looks for the palindrome by recursion, one call per letter: deeper than Python allows.
def reply(word):
    return "" if word == word[::-1] else reply(word[1:]) + word[0]


word = input()
print(word + reply(word))
