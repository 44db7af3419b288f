"""What only Linux, or only the C library, offers. Elsewhere these functions do nothing."""

try:
    import ctypes

    _libc = ctypes.CDLL(None)
    _prctl = getattr(_libc, "prctl", None)
    _fflush = getattr(_libc, "fflush", None)
except ImportError:
    _prctl = _fflush = None

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_SIGKILL = 9


def adopt_orphans():
    """Makes this process the parent of descendants whose own parent has ended."""
    if _prctl is not None:
        _prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def die_with_parent():
    """Has the system kill this process when its parent ends, however that ends."""
    if _prctl is not None:
        _prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)


def flush_c_output():
    """Writes out what C's stdio still holds.

    Rust's `print!` has a buffer of its own in each extension, which nobody else can reach: it is
    written at a line end.
    """
    if _fflush is not None:
        _fflush(None)
