"""The bytecode of a function once it has run often enough for the interpreter to specialise it."""

import dis
from collections.abc import Callable

# 3.11 specialises after eight runs, later versions after two.
RUNS = 16


def warm_bytecode(function: Callable[[], object]) -> list[str]:
    """Run function until it is warm, then name its instructions as they are now."""
    for _ in range(RUNS):
        function()
    return [instruction.opname for instruction in dis.get_instructions(function, adaptive=True)]


def main() -> None:
    """Show the bytecode of one call into Rust."""
    import rusty

    # ANCHOR: show
    def call():
        return rusty.add_one(41)

    print(*warm_bytecode(call), sep="\n")
    # ANCHOR_END: show


if __name__ == "__main__":
    main()
