"""Descriptors 0, 1 and 2 of a worker, and the Python files on them.

A cell may close, redirect or replace them; each cell finds them as they should be.
"""

import io
import os
import sys
from contextlib import suppress
from fcntl import F_DUPFD_CLOEXEC, fcntl
from os import close, dup2

# Our descriptors begin here, where a cell that closes 0, 1 and 2 or counts upwards misses them.
_HIGH = 100
_STANDARD_NAMES = ("stdin", "stdout", "stderr")


class StandardStreams:
    """Descriptors 0, 1 and 2 and the Python files on them, as every cell finds them."""

    def __init__(self, stdout, stderr):
        """Takes over the two descriptors as the new standard output and standard error."""
        self._originals = [moved(os.open(os.devnull, os.O_RDONLY)), stdout, stderr]
        self._files = [sys.stdin, sys.stdout, sys.stderr]
        for file in self._files[1:]:
            file.reconfigure(line_buffering=True)

    def put_in_order(self):
        """Undoes what a cell did to them: closed, redirected or replaced."""
        for descriptor, original in enumerate(self._originals):
            dup2(original, descriptor)
        for descriptor, name in enumerate(_STANDARD_NAMES):
            if self._files[descriptor].closed:
                self._files[descriptor] = _text_file(descriptor)
            setattr(sys, name, self._files[descriptor])

    def flush(self):
        """Sends on what Python still holds, in files of the cell's own too."""
        for file in [getattr(sys, name, None) for name in _STANDARD_NAMES[1:]] + self._files[1:]:
            # The cell may have closed it or put anything in its place: then that is lost.
            with suppress(BaseException):
                file.flush()


def _text_file(descriptor):
    mode = "r" if descriptor == 0 else "w"
    raw = io.FileIO(descriptor, mode, closefd=False)
    buffer = io.BufferedReader(raw) if descriptor == 0 else io.BufferedWriter(raw)
    errors = ("surrogateescape", "surrogateescape", "backslashreplace")[descriptor]
    return io.TextIOWrapper(buffer, "utf-8", errors, line_buffering=descriptor > 0)


def moved(descriptor):
    """Moves a descriptor out of the way of cells and of the programs they start."""
    high = fcntl(descriptor, F_DUPFD_CLOEXEC, _HIGH)
    close(descriptor)
    return high
