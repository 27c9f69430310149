def weigh(i, j)
    return i < j
