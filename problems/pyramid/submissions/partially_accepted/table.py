# @EXPECTED_GRADES@ AC RTE RTE
# A table for a thousand layers.
balls = [0]
for layer in range(1, 1001):
    balls.append(balls[-1] + layer * layer)
print(balls[int(input())])
