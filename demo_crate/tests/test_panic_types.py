"""Exceptions of panics, compared without a message."""

import pytest
from panic_types import differ

import rusty


class Other:
    """A module whose panics are not those of rusty."""

    __name__ = "other"

    def panics(self, x):
        raise KeyboardInterrupt


class Calm:
    """A module that does not panic."""

    __name__ = "calm"

    def panics(self, x):
        return x


def test_one_module_raises_one_type_and_another_module_another(capfd):
    assert not differ(rusty, rusty)
    assert differ(rusty, Other())
    assert capfd.readouterr().err == ""


def test_a_module_that_does_not_panic_is_named():
    with pytest.raises(ValueError, match="calm"):
        differ(rusty, Calm())
