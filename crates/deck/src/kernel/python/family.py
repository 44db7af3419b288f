"""A session whose processes are found through their parents, where namespaces are refused.

A process that a cell starts is the worker's child, or becomes it when its own parent ends; what
the worker leaves becomes the keeper's. That takes Linux. Elsewhere, and where `adopts` is false,
only the worker's process group is known.
"""

import contextlib
import os
import signal
import time
from os import kill, listdir

import linux


class Family:
    """The processes of one session; made in its keeper."""

    def __init__(self, adopts):
        """`adopts` says whether orphans are taken in."""
        self._adopts = adopts
        if adopts:
            linux.adopt_orphans()

    def kill(self, worker):
        """Kills all; the worker, of this number, stays to be reaped."""
        _kill_group(worker)
        os.waitid(os.P_PID, worker, os.WEXITED | os.WNOWAIT)
        if self._adopts:
            kill_children(besides={worker})

    def reap(self, worker):
        """Returns when all are gone."""
        os.waitpid(worker, 0)

    # What follows is called in the worker.

    def settle(self):
        """Makes a worker of this process."""
        if self._adopts:
            linux.adopt_orphans()

    def limit_processes(self, count):
        """Says that it cannot: what a process can set here counts all that the user runs."""
        return False

    def others(self):
        """Numbers of the worker's children."""
        return children() if self._adopts else set()

    def kill_others(self, others):
        """Kills these; their own children become the worker's."""
        for pid in others:
            with contextlib.suppress(ProcessLookupError):
                kill(pid, signal.SIGKILL)


def kill_children(besides):
    """Kills and reaps the children of this process but for some, and theirs, until there are none.

    Each one that is killed leaves its own children to this process: hence the loop.
    """
    while doomed := children() - besides:
        for pid in doomed:
            os.kill(pid, signal.SIGKILL)
        # Not one after the other: the first process of a namespace ends after all the others.
        if not any(os.waitpid(pid, os.WNOHANG)[0] for pid in doomed):
            time.sleep(0.001)


def children():
    """Numbers of the children of this process; none where the system does not tell."""
    found = set()
    with contextlib.suppress(OSError):
        for thread in listdir("/proc/self/task"):
            with open(f"/proc/self/task/{thread}/children") as file:
                found.update(int(pid) for pid in file.read().split())
    return found


def _kill_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        # It had no time to become a group of its own.
        os.kill(pid, signal.SIGKILL)
    except PermissionError:
        # macOS says this of a group whose members have all ended.
        pass
