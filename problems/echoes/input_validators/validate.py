import re
import sys

if not re.fullmatch(rb"[a-z]{1,200000}\n", sys.stdin.buffer.read(200_003)):
    print("expected one line of 1 to 200000 letters from a to z")
    sys.exit(43)
sys.exit(42)
