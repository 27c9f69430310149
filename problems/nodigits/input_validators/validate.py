import re
import sys

if not re.fullmatch(rb"[a-z]{1,50}\n", sys.stdin.buffer.read(100)):
    print("expected one line with a word of 1 to 50 letters")
    sys.exit(43)
sys.exit(42)
