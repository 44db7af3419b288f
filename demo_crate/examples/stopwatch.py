"""Time one call, and say what it found and how long it took."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from time import perf_counter


@dataclass(frozen=True)
class Timing:
    """One call: what was called, what came back, and the wall-clock time in seconds."""

    name: str
    result: object
    seconds: float

    def __str__(self) -> str:
        """One line: what was called, what came back, milliseconds."""
        return f"{self.name:24} {self.result}  {self.seconds * 1000:8.1f} ms"


# ANCHOR: timed
def timed(function: Callable[..., object], *args: object) -> Timing:
    """Call function once, between two looks at the clock."""
    start = perf_counter()
    result = function(*args)
    seconds = perf_counter() - start
    return Timing(f"{function.__module__.split('.')[0]}.{function.__name__}", result, seconds)


# ANCHOR_END: timed


def two_speeches() -> tuple[str, str]:
    """Two versions of the Gettysburg Address, which differ in a few words."""
    texts = files("rusty") / "texts"
    bliss, hay = (texts / f"gettysburg_{name}.txt" for name in ("bliss", "hay"))
    return bliss.read_text("utf-8"), hay.read_text("utf-8")
