"""The exception of a panic, without its message."""

import pytest
from panic_type import panic_type

import rusty


def test_a_panic_becomes_an_exception_that_is_no_exception(capfd):
    raised = panic_type(rusty)
    assert raised.__name__ == "PanicException"
    assert not issubclass(raised, Exception)
    assert capfd.readouterr().err == ""


def test_a_module_that_does_not_panic_is_named():
    class Calm:
        __name__ = "calm"

        def panics(self, x):
            return x

    with pytest.raises(ValueError, match="calm"):
        panic_type(Calm())
