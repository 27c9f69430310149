import re
import sys

if not re.fullmatch(rb"write\n[a-z]{1,1000}\n", sys.stdin.buffer.read()):
    print("expected the word write and a message of 1 to 1000 letters")
    sys.exit(43)
sys.exit(42)
