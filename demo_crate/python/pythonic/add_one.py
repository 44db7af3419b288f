"""The function of the talk."""


# ANCHOR: add_one
def add_one(x: int) -> int:
    """Add one to x."""
    return x + 1


# ANCHOR_END: add_one
