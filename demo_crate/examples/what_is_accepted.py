"""What a parameter of type i64 takes: the check that is over before Rust code runs."""

import rusty


def attempt(value: object) -> str:
    """What add_one makes of value: a result, or the exception in one line."""
    try:
        return str(rusty.add_one(value))
    except (TypeError, OverflowError) as error:
        return f"{type(error).__name__}: {error}"


# ANCHOR: index
class Eleven:
    """Not an int, but it can say which one it stands for."""

    def __index__(self) -> int:
        """Stand for 11."""
        return 11


# ANCHOR_END: index


def main() -> None:
    """Try values of several types."""
    # ANCHOR: show
    for value in (41, True, 1.5, 2**63):
        print(f"{value!r:20} {attempt(value)}")
    # ANCHOR_END: show
    print(f"{'Eleven()':20} {attempt(Eleven())}")


if __name__ == "__main__":
    main()
