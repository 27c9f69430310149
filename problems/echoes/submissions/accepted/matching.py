# Runs the word through the automaton that looks for the reversed word; its last state is the palindrome at the end.
word = input()
pattern = word[::-1]

fall = [0, 0]
state = 0
for letter in pattern[1:]:
    while state and pattern[state] != letter:
        state = fall[state]
    state += pattern[state] == letter
    fall.append(state)

state = 0
for letter in word:
    while state and (state == len(pattern) or pattern[state] != letter):
        state = fall[state]
    state += pattern[state] == letter
print(word + pattern[state:])
