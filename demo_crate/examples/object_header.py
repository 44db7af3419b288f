"""A Python object, read as the C struct that it is: how often it is named, its type, its data.

The layout is that of CPython 3.11 to 3.14 with a GIL (Include/object.h, and floatobject.h in
Include/cpython), in 64 bits or, as a browser has it, in 32. A float serves as the example because
a fresh one is counted; small ints are immortal since 3.12. From 3.14 on the count has 32 bits of
its own; where a word has 64, the other half holds flags, all of them zero in a fresh object, so
that the whole word still reads as the count.
"""

import ctypes


# ANCHOR: struct
class PyFloatObject(ctypes.Structure):
    """A count, a type, the data."""

    _fields_ = [
        ("ob_refcnt", ctypes.c_ssize_t),
        ("ob_type", ctypes.c_void_p),
        ("ob_fval", ctypes.c_double),
    ]


# ANCHOR_END: struct


# ANCHOR: read
def float_struct(number: float) -> PyFloatObject:
    """Lay the struct over number, which must outlive the view: it is not a copy."""
    if type(number) is not float:
        raise TypeError(f"only a float has this layout, found {type(number).__name__}")
    if object.__basicsize__ != PyFloatObject.ob_fval.offset:
        raise NotImplementedError(
            f"an object's header has {object.__basicsize__} bytes here, expected "
            f"{PyFloatObject.ob_fval.offset}: use a Python that is not free-threaded"
        )
    return PyFloatObject.from_address(id(number))


# ANCHOR_END: read


def main() -> None:
    """Show the struct of one float, and its count after a second name."""
    # ANCHOR: count
    number = float("41.5")
    view = float_struct(number)
    print("data:", view.ob_fval)
    print("type:", view.ob_type == id(float))
    print("names:", view.ob_refcnt)
    second_name = number
    print("names:", view.ob_refcnt)
    # ANCHOR_END: count
    del second_name


if __name__ == "__main__":
    main()
