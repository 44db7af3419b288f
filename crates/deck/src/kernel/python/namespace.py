"""A session in namespaces of its own: it sees no process but its own, and ends as a whole.

    keeper (outside) ── first process of the namespace: reaps orphans; its end is the end of all
                    └── worker

The keeper is not seen from inside, so no cell can reach it or the server. Ordinary users need a
user namespace for this; root does not, and in one would lose the rights on other users' files.
"""

import contextlib
import errno
import os
import signal
from os import getpid, getppid, kill, listdir
from resource import RLIMIT_NPROC, getrlimit, setrlimit

import linux

# The keeper, the first process and the worker count too.
_OWN_PROCESSES = 3
# Numbers below this are not given out a second time, so the kernel's bound begins above them.
_RESERVED_NUMBERS = 300
# No machine gets that far; much larger numbers are not taken.
_LARGEST_COUNT = 1 << 20
_LARGEST_NUMBER = "/proc/sys/kernel/pid_max"
_LAST_NUMBER = "/proc/sys/kernel/ns_last_pid"


class Namespace:
    """The namespace of one session; made in its keeper."""

    def __init__(self):
        """Leaves the namespaces that are shared with others; an OSError says that it may not."""
        _leave()
        # The worker is the second process: the first one cannot be killed by a signal of its own,
        # and has to reap. Any small program will do that ends with the keeper; another fork of
        # this interpreter would cost more than all the rest.
        until_keeper_ends, self._keeps_open = os.pipe()
        before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        actions = [(os.POSIX_SPAWN_DUP2, until_keeper_ends, 0)]
        self._first = os.posix_spawnp("cat", ["cat"], os.environ, file_actions=actions)
        signal.signal(signal.SIGCHLD, before)
        os.close(until_keeper_ends)

    def kill(self, worker):
        """Kills all; the worker, of this number, stays to be reaped."""
        # The first process is gone only when the worker has been reaped, so it still is who it was.
        os.kill(self._first, signal.SIGKILL)

    def reap(self, worker):
        """Returns when all are gone."""
        os.waitpid(worker, 0)
        os.waitpid(self._first, 0)

    # What follows is called in the worker.

    def settle(self):
        """Makes a worker of this process."""
        os.close(self._keeps_open)
        quiet = linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC
        linux.mount("proc", "/proc", "proc", quiet)
        if os.geteuid() != 0:
            linux.drop_capabilities()

    def limit_processes(self, count):
        """Lets the session have so many processes and threads; whether that can be said."""
        if os.geteuid() != 0:
            hard = getrlimit(RLIMIT_NPROC)[1]
            wanted = min(count + _OWN_PROCESSES, _LARGEST_COUNT)
            setrlimit(RLIMIT_NPROC, (wanted if hard < 0 else min(wanted, hard), hard))
        elif _is_inside() and bounds_root():
            self._limit_root(count)
        else:
            return False
        return True

    def _limit_root(self, count):
        """Leaves only so many numbers for new processes."""
        with open(_LARGEST_NUMBER, "w") as largest:
            largest.write(str(_RESERVED_NUMBERS + min(count, _LARGEST_COUNT)))
        # The reserved numbers can be given out once, where the system does not let us skip them.
        with contextlib.suppress(OSError), open(_LAST_NUMBER, "w") as last:
            last.write(str(_RESERVED_NUMBERS))

    def others(self):
        """Numbers of the session's processes besides this one."""
        if not _is_inside():
            return set()
        try:
            kill(-1, 0)
        except ProcessLookupError:
            return set()
        return {int(name) for name in listdir("/proc") if name.isdigit()} - {1, getpid()}

    def kill_others(self, _others):
        """Kills them all at once, so that none can fork away."""
        if _is_inside():
            with contextlib.suppress(ProcessLookupError):
                kill(-1, signal.SIGKILL)


def bounds_root():
    """Whether the largest number of a process is the namespace's own, as it is since Linux 6.14.

    Root has no other bound, and before that version the file is the whole machine's.
    """
    version = os.uname().release.split(".")
    return [int(part) for part in version[:2]] >= [6, 14]


def _leave():
    flags = linux.CLONE_NEWPID | linux.CLONE_NEWNS
    uid, gid = os.geteuid(), os.getegid()
    if uid != 0:
        flags |= linux.CLONE_NEWUSER
    try:
        linux.unshare(flags)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise OSError(error.errno, "unshare: the limit user.max_*_namespaces is reached") from None
    if uid != 0:
        maps = {"setgroups": "deny", "uid_map": f"{uid} {uid} 1", "gid_map": f"{gid} {gid} 1"}
        for name, text in maps.items():
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    # What is mounted in here from now on is not seen outside.
    linux.mount(None, "/", None, linux.MS_REC | linux.MS_SLAVE)


def _is_inside():
    """Guards the signals to everybody: only in here do they stay in here.

    A parent with the number 0 is one that cannot be seen.
    """
    return getppid() == 0 and getpid() != 1
