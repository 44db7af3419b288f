"""Rows of the method table, read by address."""

import ctypes
import time

import pytest

import method_row as example
import rusty
from method_row import flag_names, function_struct, method_row

FASTCALL = "METH_FASTCALL | METH_KEYWORDS"


@pytest.mark.parametrize(
    ("function", "flags"),
    [
        (rusty.add_one, FASTCALL),
        (rusty.add_n, FASTCALL),
        (rusty.noargs, "METH_NOARGS"),
        (rusty.varargs, "METH_VARARGS | METH_KEYWORDS"),
        (rusty.Counter().plus, FASTCALL),
        (rusty.Counter().get, "METH_NOARGS"),
        (rusty.Counter.next_after, "METH_FASTCALL | METH_KEYWORDS | METH_STATIC"),
        (len, "METH_O"),
        (divmod, "METH_FASTCALL"),
        (time.time, "METH_NOARGS"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_the_row_tells_the_name_and_how_to_call(function, flags):
    row = method_row(function)
    assert row.ml_name.decode() == function.__name__
    assert flag_names(row.ml_flags) == flags
    assert row.ml_meth


def test_pyo3_never_says_meth_o():
    functions = [getattr(rusty, name) for name in rusty.__all__ if name[0].islower()]
    flags = {flag_names(method_row(function).ml_flags) for function in functions}
    assert flags == {FASTCALL, "METH_NOARGS", "METH_VARARGS | METH_KEYWORDS"}


def test_each_function_has_a_c_pointer_of_its_own():
    assert method_row(rusty.add_one).ml_meth != method_row(rusty.checked).ml_meth


def test_signature_and_help_come_from_the_row():
    assert method_row(rusty.add_one).ml_doc.decode() == "add_one(x)\n--\n\nAdd one to x."


def test_a_function_called_by_a_tuple_has_no_vectorcall():
    assert function_struct(rusty.add_one).vectorcall
    assert not function_struct(rusty.varargs).vectorcall


def test_the_struct_knows_the_module_that_owns_the_function():
    assert function_struct(rusty.add_one).m_self == id(rusty.add_one.__self__)


@pytest.mark.parametrize("other", [test_pyo3_never_says_meth_o, rusty.Counter, 41, None])
def test_what_has_no_row_is_refused(other):
    with pytest.raises(TypeError, match="only a built-in function has a row"):
        method_row(other)


def test_the_slide_prints_the_row(capsys):
    example.main()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "name   add_one"
    digits = lines[1].removeprefix("jump   0x")
    assert len(digits) == 2 * ctypes.sizeof(ctypes.c_void_p)
    assert int(digits, 16) == method_row(rusty.add_one).ml_meth
    assert lines[2] == "flags  METH_FASTCALL | METH_KEYWORDS"
