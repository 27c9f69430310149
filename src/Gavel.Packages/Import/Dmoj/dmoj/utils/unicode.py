"""Bytes and text, whichever of them is at hand."""


def utf8bytes(value):
    return value.encode("utf-8") if isinstance(value, str) else value


def utf8text(value, errors="strict"):
    return value if isinstance(value, str) or value is None else bytes(value).decode("utf-8", errors)
