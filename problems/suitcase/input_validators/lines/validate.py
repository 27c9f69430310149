import re
import sys

match = re.fullmatch(rb"([0-9]{1,8})\n([0-9]{1,8})\n", sys.stdin.buffer.read())
if not match:
    print("expected two lines of 1 to 8 digits")
    sys.exit(43)
if len(match[1]) != len(match[2]):
    print("the lines differ in length")
    sys.exit(43)
sys.exit(42)
