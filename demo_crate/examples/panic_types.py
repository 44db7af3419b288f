"""What panics of extension modules become in Python."""

import os

_SAME, _DIFFERENT, _NONE = range(3)


def differ(one, other) -> bool:
    """Whether panics of two modules of the demo crate become exceptions of different types.

    Both panic in a child process, unseen: Rust's first message in a process says more than the
    others, and belongs to the panic that a slide shows.
    """
    child = os.fork()
    if child == 0:
        status = _NONE
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            status = _SAME if _raised(one) is _raised(other) else _DIFFERENT
        finally:
            os._exit(status)
    _, ended = os.waitpid(child, 0)
    if (status := os.waitstatus_to_exitcode(ended)) not in (_SAME, _DIFFERENT):
        raise ValueError(f"{one.__name__} or {other.__name__} does not panic")
    return status == _DIFFERENT


def _raised(extension) -> type[BaseException]:
    try:
        extension.panics(0)
    except BaseException as raised:
        return type(raised)
    raise ValueError(f"{extension.__name__}.panics(0) does not panic")
