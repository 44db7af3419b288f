"""Forks a keeper for each session, from an interpreter with the standard library loaded.

No cell runs here. It reads requests from the socket that is its standard input: a line of JSON,
with four descriptors: the worker's control socket, its standard output, its standard error, and
the session's lease, over which the keeper speaks. When the server goes, everything is killed.
"""

import array
import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
import time
import types

# What cells about Python and its speed import. Each costs the zygote's start 0 to 30 ms, once.
# fmt: off
PRELOADED = (
    "abc", "asyncio", "base64", "collections", "concurrent.futures.thread", "contextlib", "copy",
    "ctypes", "dataclasses", "datetime", "decimal", "dis", "enum", "fractions", "functools", "gc",
    "hashlib", "heapq", "inspect", "io", "itertools", "json", "math", "operator", "os", "pathlib",
    "pprint", "queue", "random", "re", "statistics", "string", "struct", "subprocess", "sys",
    "tempfile", "textwrap", "threading", "time", "timeit", "traceback", "types", "typing",
    "weakref",
)
# fmt: on

_ENVIRONMENT_OF_START = ("PYTHONSAFEPATH", "PYTHONUTF8")
_LONGEST_REQUEST = 1 << 16
# In the order in which they need each other.
_MODULES = (
    "interpreter",
    "linux",
    "family",
    "namespace",
    "deck",
    "cell_runner",
    "keeper",
    "streams",
    "worker",
)
# How long the keepers may take at the end before they are killed, in seconds.
_PATIENCE = 1.0


def main(sources, best):
    """Serves until the connection on standard input ends.

    `sources` are our files by name, `best` is the level of containment to begin trying with.
    """
    connection = _take_connection()
    for name in _ENVIRONMENT_OF_START:
        os.environ.pop(name, None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in PRELOADED:
        importlib.import_module(name)
    modules = {name: _load(name, sources[name]) for name in _MODULES}
    # Only `deck` stays importable: a user's own module may be called `worker`.
    for name in _MODULES:
        if name != "deck":
            del sys.modules[name]
    keeper, linux = modules["keeper"], modules["linux"]
    linux.adopt_orphans()
    containment = keeper.choose(best)
    gc.collect()
    gc.freeze()
    greeting = {"interpreter": modules["interpreter"].interpreter(), "containment": containment}
    connection.sendall(json.dumps({"ready": greeting}).encode() + b"\n")
    Zygote(connection, modules, containment["level"]).serve()


class Zygote:
    """The loop over the server's connection and the ends of keepers."""

    def __init__(self, connection, modules, level):
        """`modules` are our files as modules, `level` is how sessions are contained."""
        self._connection = connection
        self._keeper, self._worker = modules["keeper"], modules["worker"]
        self._kill_children = modules["family"].kill_children
        self._level = level
        self._keepers = set()
        self._child_ended, self._wake = self._keeper.wake_on_child()
        # Nothing is written here: keepers see it close.
        self._life_of_keepers, self._life = os.pipe()

    def serve(self):
        """Runs until the server's end of the connection closes, then ends all sessions."""
        while True:
            ready = self._keeper.wait_for(self._connection.fileno(), self._child_ended.fileno())
            if self._child_ended.fileno() in ready:
                self._child_ended.recv(4096)
                self._reap()
                # A keeper that a cell has killed leaves the rest of its session to us.
                self._kill_children(besides=self._keepers)
            if self._connection.fileno() in ready and not self._answer():
                break
        os.close(self._life)
        end = time.monotonic() + _PATIENCE
        while self._keepers and time.monotonic() < end:
            self._reap()
            time.sleep(0.001)
        self._kill_children(besides=set())

    def _answer(self):
        """Forks a keeper as the next request asks; False when the server has gone."""
        line, descriptors = _request(self._connection)
        if not line:
            return False
        *streams, lease = descriptors
        lease = socket.socket(fileno=lease)
        try:
            pid = os.fork()
        except OSError as error:
            self._keeper.tell(lease, failed={"reason": str(error)})
        else:
            if pid == 0:
                self._become_keeper(lease, streams, json.loads(line))
            self._keepers.add(pid)
        for descriptor in streams:
            os.close(descriptor)
        lease.close()
        return True

    def _become_keeper(self, lease, streams, request):
        """In the new process: lets go of all that is the zygote's. Never returns."""

        def start(contained):
            self._worker.main(*streams, request["imports"], contained)

        try:
            self._connection.close()
            signal.set_wakeup_fd(-1)
            self._child_ended.close()
            self._wake.close()
            os.close(self._life)
            self._keeper.keep(self._level, lease, self._life_of_keepers, start, streams)
        except BaseException:
            # What is written here is lost if the cell has closed the descriptors.
            with contextlib.suppress(OSError):
                sys.excepthook(*sys.exc_info())
                sys.stderr.flush()
        finally:
            # No way leads back to the loop: a session that ends well ends in the keeper.
            os._exit(70)

    def _reap(self):
        """Forgets the keepers that have ended."""
        self._keepers = {pid for pid in self._keepers if not os.waitpid(pid, os.WNOHANG)[0]}


def _take_connection():
    """Moves the connection away from descriptor 0, which becomes the empty input of all cells."""
    # What the server's own parent left open is no business of cells.
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    connection = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return connection


def _load(name, source):
    module = sys.modules[name] = types.ModuleType(name)
    module.__file__ = f"<deck's {name}.py>"
    exec(compile(source, module.__file__, "exec"), module.__dict__)
    return module


def _request(connection):
    """One line and the descriptors that came with it; empty at the end of the connection."""
    line, descriptors = b"", array.array("i")
    while not line.endswith(b"\n"):
        data, received, _, _ = socket.recv_fds(connection, _LONGEST_REQUEST, 4)
        if not data:
            return b"", []
        line += data
        for descriptor in received:
            # No program that is started from here on shall hold them open.
            os.set_inheritable(descriptor, False)
        descriptors.extend(received)
    return line, list(descriptors)
