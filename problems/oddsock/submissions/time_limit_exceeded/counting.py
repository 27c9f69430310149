import sys

socks = list(map(int, sys.stdin.buffer.read().split()[1:]))
print({sock for sock in (socks[i] for i in range(len(socks))) if socks.count(sock) % 2}.pop())
