"""What a panic of an extension module becomes in Python."""

import os


def panic_type(extension) -> type[BaseException]:
    """Let a module of the demo crate panic, without the message, and return what it raises."""
    shown, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        extension.panics(0)
    except BaseException as raised:
        return type(raised)
    finally:
        os.dup2(shown, 2)
        os.close(shown)
        os.close(nowhere)
    raise ValueError(f"{extension.__name__}.panics(0) does not panic")
