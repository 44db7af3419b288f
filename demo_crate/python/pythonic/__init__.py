"""Functions of the talk in plain Python, to be read and measured beside their twins in `rusty`."""

from .add_one import add_one
from .counter import Counter
from .edit_distance import edit_distance

__all__ = ["Counter", "add_one", "edit_distance"]
