"""`add_one`: what goes in, what comes out, what is refused."""

import inspect
import pydoc
import types

import pytest

import pythonic
import rusty

LARGEST, SMALLEST = 2**63 - 1, -(2**63)


class Index:
    """An object that stands for an integer without being one."""

    def __index__(self):
        return 41


@pytest.mark.parametrize("x", [41, -1, 0, 256, 2**40, LARGEST - 1, SMALLEST])
def test_the_rust_function_and_its_python_twin_agree(x):
    assert rusty.add_one(x) == pythonic.add_one(x) == x + 1


def test_it_is_a_builtin_function_and_no_wrapper():
    assert type(rusty.add_one) is types.BuiltinFunctionType
    assert repr(rusty.add_one) == "<built-in function add_one>"


def test_help_and_signature_still_work():
    assert str(inspect.signature(rusty.add_one)) == "(x)"
    page = pydoc.plain(pydoc.render_doc(rusty.add_one))
    assert page.splitlines() == [
        "Python Library Documentation: built-in function add_one in module rusty",
        "",
        "add_one(x)",
        "    Add one to x.",
    ]


def test_the_argument_may_be_given_by_name():
    assert rusty.add_one(x=41) == 42


def test_true_counts_as_one():
    assert rusty.add_one(True) == 2


def test_an_object_with_an_index_is_taken_for_its_integer():
    assert rusty.add_one(Index()) == 42


def test_a_float_is_refused():
    with pytest.raises(TypeError) as caught:
        rusty.add_one(1.5)
    assert str(caught.value) == "'float' object cannot be interpreted as an integer"


@pytest.mark.parametrize("x", [1.5, "41", None, LARGEST + 1])
def test_a_note_names_the_argument_that_was_refused(x):
    with pytest.raises((TypeError, OverflowError)) as caught:
        rusty.add_one(x)
    assert caught.value.__notes__ == ["while processing 'x'"]


def test_a_missing_argument_is_named():
    with pytest.raises(TypeError) as caught:
        rusty.add_one()
    assert str(caught.value) == "add_one() missing 1 required positional argument: 'x'"


@pytest.mark.parametrize("x", [LARGEST + 1, SMALLEST - 1])
def test_an_integer_of_more_than_64_bits_is_refused(x):
    with pytest.raises(OverflowError):
        rusty.add_one(x)


@pytest.mark.skipif("sys.platform == 'win32'", reason="a C long has 32 bits there: another text")
def test_the_overflow_text_is_that_of_the_c_function_underneath():
    with pytest.raises(OverflowError) as caught:
        rusty.add_one(LARGEST + 1)
    assert str(caught.value) == "Python int too large to convert to C long"


def test_beyond_the_largest_integer_a_release_build_wraps_and_a_dev_build_panics():
    if rusty.PROFILE == "release":
        assert rusty.add_one(LARGEST) == SMALLEST
        return
    with pytest.raises(BaseException, match="attempt to add with overflow") as caught:
        rusty.add_one(LARGEST)
    assert caught.type.__name__ == "PanicException"
