"""The class of the talk."""


# ANCHOR: counter
class Counter:
    """A count that goes up."""

    def __init__(self, value: int = 0):
        self.value = value

    def get(self) -> int:
        """Return the count."""
        return self.value

    def bump(self) -> int:
        """Add one to the count and return it."""
        self.value += 1
        return self.value

    def __add__(self, n: int) -> "Counter":
        return Counter(self.value + n)

    def __call__(self, n: int) -> int:
        self.value += n
        return self.value

    def __repr__(self) -> str:
        return f"Counter({self.value})"


# ANCHOR_END: counter
