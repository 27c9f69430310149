# @EXPECTED_GRADES@ WA WA WA
# Stacks triangles instead of squares, which nearly always gives another number.
n = int(input())
print((n * (n + 1) * (n + 2) // 6 + 1) % (10**9 + 7))
