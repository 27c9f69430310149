# Keeps the socks without a partner in a set; a second one takes the first one out.
import sys

next(sys.stdin.buffer)
lonely = set()
for line in sys.stdin.buffer:
    lonely ^= {line}
print(int(lonely.pop()))
