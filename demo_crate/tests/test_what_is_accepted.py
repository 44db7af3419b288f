"""What a parameter of type i64 takes."""

import pytest
import what_is_accepted as example
from what_is_accepted import Eleven, attempt


@pytest.mark.parametrize(
    ("value", "result"),
    [(41, "42"), (True, "2"), (Eleven(), "12"), (-1, "0")],
)
def test_an_int_or_what_stands_for_one_is_taken(value, result):
    assert attempt(value) == result


@pytest.mark.parametrize(
    ("value", "kind"),
    [(1.5, "TypeError"), ("41", "TypeError"), (None, "TypeError"), (2**63, "OverflowError")],
)
def test_anything_else_is_refused_with_a_reason(value, kind):
    assert attempt(value).startswith(f"{kind}: ")


def test_the_example_tries_every_kind(capsys):
    example.main()
    out = capsys.readouterr().out
    assert "Eleven()" in out
    assert "OverflowError" in out
