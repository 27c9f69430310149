while input:
    pass
