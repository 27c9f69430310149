# An ordinary canyon: the whole word comes back.
word = input()
print(word + word[-2::-1])
