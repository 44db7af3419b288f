"""What only Linux, or only the C library, offers.

Functions that only make containment better do nothing elsewhere; those that it stands on raise
OSError.
"""

import errno
import os

try:
    import ctypes

    _libc = ctypes.CDLL(None, use_errno=True)
except ImportError:
    _libc = None

CLONE_NEWNS = 0x0002_0000
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWPID = 0x2000_0000
MS_NOSUID, MS_NODEV, MS_NOEXEC = 2, 4, 8
MS_REC = 1 << 14
MS_SLAVE = 1 << 19

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_SIGKILL = 9
# Version 3 of the structure that `capset` takes.
_CAPABILITIES = b"\x22\x05\x08\x20" + bytes(4)


def adopt_orphans():
    """Makes this process the parent of descendants whose own parent has ended."""
    _optional("prctl", _PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def die_with_parent():
    """Has the system kill this process when its parent ends, however that ends."""
    _optional("prctl", _PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)


def drop_capabilities():
    """Gives up what the first process of a user namespace may do in it."""
    _optional("capset", _CAPABILITIES, bytes(24))


def flush_c_output():
    """Writes out what C's stdio still holds.

    Rust's `print!` has a buffer of its own in each extension, which nobody else can reach: it is
    written at a line end.
    """
    _optional("fflush", None)


def unshare(flags):
    """Leaves namespaces that are shared with others, as `os.unshare` does since Python 3.12."""
    _required("unshare", flags)


def mount(source, target, kind, flags):
    """Mounts a file system of a `kind`, or without one changes how a mount is shared."""
    names = (None if name is None else name.encode() for name in (source, target, kind))
    _required("mount", *names, flags, None)


def _optional(name, *arguments):
    function = getattr(_libc, name, None)
    if function is not None:
        function(*arguments)


def _required(name, *arguments):
    function = getattr(_libc, name, None)
    if function is None:
        raise OSError(errno.ENOSYS, f"{name}: {os.strerror(errno.ENOSYS)}")
    if function(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
