"""Forks a worker for each session, from an interpreter with the standard library loaded.

No cell runs here. It reads requests from the socket that is its standard input: a line of JSON,
with four descriptors: the worker's control socket, its standard output, its standard error, and
the session's lease. The lease carries back `forked` or `failed`, and later `ended`. While the
server holds its end, a worker that has ended stays unreaped, so that its number cannot pass to
another process that the server might then kill. When the server lets go, the worker and all its
descendants are killed. When the server goes, everything is.
"""

import array
import contextlib
import gc
import importlib
import json
import os
import platform
import select
import signal
import socket
import sys
import sysconfig
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


def main(sources):
    """Serves until the connection on standard input ends; `sources` are our files by name."""
    connection = _take_connection()
    for name in _ENVIRONMENT_OF_START:
        os.environ.pop(name, None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in PRELOADED:
        importlib.import_module(name)
    # Only `deck` stays importable: a user's own module may be called `worker`.
    linux, _, _, worker = (
        _load(name, sources[name]) for name in ("linux", "deck", "cell_runner", "worker")
    )
    for name in ("linux", "cell_runner", "worker"):
        del sys.modules[name]
    linux.adopt_orphans()
    gc.collect()
    gc.freeze()
    connection.sendall(_line(ready=interpreter()))
    Zygote(connection, worker).serve()


def interpreter():
    """What identifies this interpreter in a recording."""
    return {
        "implementation": platform.python_implementation(),
        "version": platform.python_version(),
        "compiler": platform.python_compiler(),
        "shared_library": bool(sysconfig.get_config_var("Py_ENABLE_SHARED")),
        "debug": hasattr(sys, "gettotalrefcount"),
        "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "optimised": "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or ""),
        "system": platform.system(),
        "machine": platform.machine(),
        "executable": sys.executable,
    }


class Zygote:
    """The loop over the server's connection, the leases and the ends of workers."""

    def __init__(self, connection, worker):
        """`worker` is the module whose `main` serves a session."""
        self._connection = connection
        self._worker = worker
        self._leases = {}  # lease socket's descriptor -> Lease
        self._child_ended, wake = socket.socketpair()
        self._child_ended.setblocking(False)
        wake.setblocking(False)
        self._wake = wake
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)

    def serve(self):
        """Runs until the server's end of the connection closes."""
        while True:
            poll = select.poll()
            for descriptor in (
                self._connection.fileno(),
                self._child_ended.fileno(),
                *self._leases,
            ):
                poll.register(descriptor, select.POLLIN)
            ready = {descriptor for descriptor, _ in poll.poll()}
            if self._child_ended.fileno() in ready:
                self._child_ended.recv(4096)
                self._announce_ends()
            for descriptor in ready & self._leases.keys():
                self._end(self._leases.pop(descriptor))
            if self._connection.fileno() in ready and not self._answer():
                break
        for lease in self._leases.values():
            self._end(lease)

    def _answer(self):
        """Forks a worker as the next request asks; False when the server has gone."""
        line, descriptors = _request(self._connection)
        if not line:
            return False
        *streams, lease = descriptors
        lease = socket.socket(fileno=lease)
        try:
            pid = os.fork()
        except OSError as error:
            _tell(lease, failed={"reason": str(error)})
        else:
            if pid == 0:
                self._become_worker(streams, lease, json.loads(line))
            self._leases[lease.fileno()] = Lease(pid, lease)
            _tell(lease, forked={"pid": pid})
        for descriptor in streams:
            os.close(descriptor)
        return True

    def _become_worker(self, streams, lease, request):
        """In the new process: lets go of all that is the zygote's. Never returns."""
        try:
            for own in (self._connection, self._child_ended, self._wake, lease):
                own.close()
            for other in self._leases.values():
                other.socket.close()
            self._worker.main(*streams, request["imports"])
        except BaseException:
            sys.excepthook(*sys.exc_info())
            sys.stderr.flush()
            os._exit(70)
        os._exit(0)

    def _announce_ends(self):
        """Tells the server which workers have ended, and kills what they have left."""
        for lease in self._leases.values():
            if lease.ended:
                continue
            end = os.waitid(os.P_PID, lease.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if end is not None:
                lease.ended = True
                _kill_group(lease.pid)
                self._kill_orphans()
                number = "code" if end.si_code == os.CLD_EXITED else "signal"
                _tell(lease.socket, ended={number: end.si_status})
        self._kill_orphans()

    def _end(self, lease):
        """Kills a session's processes and reaps its worker."""
        _kill_group(lease.pid)
        os.waitid(os.P_PID, lease.pid, os.WEXITED | os.WNOWAIT)
        lease.ended = True
        self._kill_orphans(besides=lease.pid)
        os.waitpid(lease.pid, 0)
        lease.socket.close()

    def _kill_orphans(self, besides=None):
        """Kills the children that are not workers.

        Each worker adopts its orphaned descendants while it lives; so a child of ours that we did
        not fork was left by a worker that has ended, even if it has its own session. Killed, it
        leaves us its own children: hence the loop.
        """
        workers = {lease.pid for lease in self._leases.values()} | {besides}
        while orphans := _children() - workers:
            for pid in orphans:
                os.kill(pid, signal.SIGKILL)
            for pid in orphans:
                os.waitpid(pid, 0)


class Lease:
    """A worker, and the socket that lives as long as the server wants it."""

    def __init__(self, pid, socket):
        """`pid` is the worker's; `socket` is our end of the lease."""
        self.pid = pid
        self.socket = socket
        self.ended = False


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
        descriptors.extend(received)
    return line, list(descriptors)


def _line(**message):
    return json.dumps(message).encode() + b"\n"


def _tell(lease, **message):
    # The server may have let go in the meantime; the loop notices.
    with contextlib.suppress(OSError):
        lease.sendall(_line(**message))


def _kill_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        # It had no time to become a group of its own.
        os.kill(pid, signal.SIGKILL)
    except PermissionError:
        # macOS says this of a group whose members have all ended.
        pass


def _children():
    """Numbers of the children of this process; none where the system does not tell."""
    try:
        with open(f"/proc/self/task/{os.getpid()}/children") as children:
            return {int(pid) for pid in children.read().split()}
    except OSError:
        return set()
