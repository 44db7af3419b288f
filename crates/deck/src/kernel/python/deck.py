"""What a cell tells the deck: measured values for the prose, and relations that must hold.

A cell imports it (`import deck`), usually in hidden lines. Both functions only report; they print
nothing.
"""

import json
import math
import numbers
import operator
import re

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_emit = None


def value(name, number, *, unit):
    """Names a measured number, so that prose can quote it.

    `name` is kebab-case and unique within the cell; `number` is finite; `unit` is what the number
    counts, e.g. "ns", "x", "calls". Raises TypeError or ValueError with what was expected.
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ValueError(
            f'deck.value: the name {name!r} is not kebab-case; write it like "calls-per-second"'
        )
    if not isinstance(unit, str) or not unit.strip():
        raise ValueError(
            f'deck.value({name!r}): the unit {unit!r} is empty; name what it counts, e.g. unit="ns"'
        )
    _display(
        "application/vnd.deck.value+json",
        {"name": name, "number": _finite(name, number), "unit": unit},
    )


def relation(text, holds):
    """Asserts what must hold on every machine, e.g. `relation("Rust is faster", rust < python)`.

    `text` is a sentence for the report; `holds` is its truth here. Raises TypeError or ValueError.
    """
    if not isinstance(text, str) or not text.strip():
        raise ValueError(
            f"deck.relation: the text {text!r} is empty; say in a sentence what must hold"
        )
    _display("application/vnd.deck.relation+json", {"text": text, "holds": bool(holds)})


def connect(emit):
    """Sets who gets the events; the runner calls it, cells do not."""
    global _emit
    _emit = emit


def _finite(name, number):
    """The number as an int or a float."""
    if isinstance(number, bool) or not isinstance(number, numbers.Real):
        raise TypeError(f"deck.value({name!r}): expected a number, found {number!r}")
    if isinstance(number, numbers.Integral):
        return operator.index(number)
    if not math.isfinite(number):
        raise ValueError(f"deck.value({name!r}): {number!r} is not finite; a slide cannot quote it")
    return float(number)


def _display(mime, content):
    if _emit is None:
        raise RuntimeError("the module `deck` only works within a cell of a deck")
    _emit({"event": "display", "mime": mime, "data": json.dumps(content, ensure_ascii=False)})
