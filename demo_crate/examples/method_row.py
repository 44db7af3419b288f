"""The row that CPython keeps for a function written in C, C++ or Rust, read from Python.

Names and layout are those of CPython's C headers (Include/methodobject.h), equal on 3.11 to 3.14.
On a free-threaded build only the header in front is longer; `object.__basicsize__` tells.
"""

import ctypes
from types import BuiltinFunctionType


# ANCHOR: row
class PyMethodDef(ctypes.Structure):
    """One row of the table."""

    _fields_ = [
        ("ml_name", ctypes.c_char_p),
        ("ml_meth", ctypes.c_void_p),
        ("ml_flags", ctypes.c_int),
        ("ml_doc", ctypes.c_char_p),
    ]


# ANCHOR_END: row


# ANCHOR: function
class PyCFunctionObject(ctypes.Structure):
    """A built-in function as an object: it points to its row."""

    _fields_ = [
        ("ob_base", ctypes.c_byte * object.__basicsize__),  # count and type
        ("m_ml", ctypes.POINTER(PyMethodDef)),
        ("m_self", ctypes.c_void_p),
        ("m_module", ctypes.c_void_p),
        ("m_weakreflist", ctypes.c_void_p),
        ("vectorcall", ctypes.c_void_p),
    ]


# ANCHOR_END: function

# ANCHOR: flags
FLAGS = {
    0x0080: "METH_FASTCALL",
    0x0001: "METH_VARARGS",
    0x0002: "METH_KEYWORDS",
    0x0004: "METH_NOARGS",
    0x0008: "METH_O",
    0x0010: "METH_CLASS",
    0x0020: "METH_STATIC",
    0x0040: "METH_COEXIST",
    0x0200: "METH_METHOD",
}


def flag_names(flags: int) -> str:
    """Spell flags as C code does: METH_FASTCALL | METH_KEYWORDS."""
    return " | ".join(name for bit, name in FLAGS.items() if flags & bit)


# ANCHOR_END: flags


# ANCHOR: read
def function_struct(function: BuiltinFunctionType) -> PyCFunctionObject:
    """Lay the struct over function, which must outlive the view: it is not a copy."""
    if not isinstance(function, BuiltinFunctionType):
        raise TypeError(f"only a built-in function has a row, found {type(function).__name__}")
    return PyCFunctionObject.from_address(id(function))


def method_row(function: BuiltinFunctionType) -> PyMethodDef:
    """The row that function points to."""
    return function_struct(function).m_ml.contents


# ANCHOR_END: read

# Of a pointer written in full, with its 0x. In WebAssembly it is a small number: functions lie in
# a table there, and a pointer to one is its row.
_WIDTH = 2 + 2 * ctypes.sizeof(ctypes.c_void_p)


def describe(function: BuiltinFunctionType) -> str:
    """The four fields of the row that function points to, one on each line."""
    row = method_row(function)
    fields = {
        "name": row.ml_name.decode(),
        "jump": f"{row.ml_meth:#0{_WIDTH}x}",
        "flags": flag_names(row.ml_flags),
        "doc": repr(row.ml_doc.decode()),
    }
    return "\n".join(f"{name:6} {value}" for name, value in fields.items())


def main() -> None:
    """Show the row of rusty.add_one."""
    # ANCHOR: show
    import rusty

    print(describe(rusty.add_one))
    # ANCHOR_END: show


if __name__ == "__main__":
    main()
