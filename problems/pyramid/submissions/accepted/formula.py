# @EXPECTED_GRADES@ AC AC AC
n = int(input())
print(n * (n + 1) * (2 * n + 1) // 6 % (10**9 + 7))
