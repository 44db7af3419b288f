"""Results become exceptions; panics become something that `except Exception` misses."""

import traceback

import pytest

import rusty


def panic_of(x):
    with pytest.raises(BaseException) as caught:  # noqa: PT011 (that it is no Exception is the point)
        rusty.panics(x)
    return caught.value


def test_checked_adds_one_to_what_is_not_negative():
    assert rusty.checked(0) == 1
    assert rusty.checked(41) == 42


def test_checked_raises_a_value_error_for_a_negative_number():
    with pytest.raises(ValueError, match=r"^-1 is negative$"):
        rusty.checked(-1)


def test_no_rust_frame_is_in_the_traceback():
    with pytest.raises(ValueError, match="negative") as caught:
        rusty.checked(-1)
    files = {frame.filename for frame in traceback.extract_tb(caught.value.__traceback__)}
    assert files == {__file__}


def test_checked_add_adds():
    assert rusty.checked_add(40, 2) == 42
    assert rusty.checked_add(2**63 - 2, 1) == 2**63 - 1


@pytest.mark.parametrize(("x", "y"), [(2**63 - 1, 1), (-(2**63), -1)])
def test_checked_add_raises_instead_of_wrapping(x, y):
    with pytest.raises(OverflowError) as caught:
        rusty.checked_add(x, y)
    assert str(caught.value) == f"{x} + {y} needs more than 64 bits"


def test_panics_adds_one_as_long_as_nothing_goes_wrong():
    assert rusty.panics(1) == 2


def test_a_panic_carries_its_message():
    assert str(panic_of(0)) == "x must not be zero"


def test_a_panic_is_a_base_exception_and_not_an_exception():
    panic = panic_of(0)
    assert f"{type(panic).__module__}.{type(panic).__name__}" == "pyo3_runtime.PanicException"
    assert type(panic).__mro__[1:] == (BaseException, object)
    assert not isinstance(panic, Exception)


def test_the_panic_is_reported_on_the_standard_error_with_file_and_line(capfd):
    panic_of(0)
    report = capfd.readouterr().err.replace("\\", "/")
    assert "panicked at src/errors.rs:" in report
    assert "x must not be zero" in report


def test_the_interpreter_goes_on_after_many_panics(capfd):
    for _ in range(100):
        panic_of(0)
    assert rusty.panics(1) == 2
