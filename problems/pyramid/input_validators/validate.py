import re
import sys

data = sys.stdin.buffer.read(100)
most = int(sys.argv[1]) if len(sys.argv) > 1 else 10**18
if not re.fullmatch(rb"[1-9][0-9]{0,18}\n", data) or int(data) > most:
    print(f"expected one line with an integer from 1 to {most}")
    sys.exit(43)
sys.exit(42)
