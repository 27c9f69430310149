# Forgets to flush: both sides wait for each other until the wall clock runs out.
import sys

n = int(sys.stdin.readline())
if n == 1:
    print("! 1")
else:
    sys.stdout.write("? 1 2\n")
    sys.stdin.readline()
