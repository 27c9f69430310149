# Right, but with far too many digits: 0123456789 9876543210
print(len(input()) ** 2)
