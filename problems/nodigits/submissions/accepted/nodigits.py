print(len(input()) ** len("zz"))
