"""The process of one session: reads cells from its control socket and writes back their events.

Requests and events are lines of JSON. A cell shares this process and may do anything to it; so
everything here is held by own references, and what a cell can break within the process is put in
order before the next.
"""

import os
import sys
import threading
from contextlib import suppress
from errno import EAGAIN
from json import dumps, loads
from os import _exit, chdir, getcwd, getpid, waitpid, write
from resource import RLIM_INFINITY, RLIMIT_AS, getpagesize, getrlimit, setrlimit
from signal import SIG_DFL, SIG_IGN, SIGCHLD, SIGINT, signal
from time import sleep

import cell_runner
import deck
import linux
from streams import StandardStreams, moved

# Room that a cell gets even where earlier cells have used up the limit: else nothing could run.
_HEADROOM_BYTES = 64 << 20
_PAGE_BYTES = getpagesize()
_LARGEST_LIMIT = (1 << 63) - 1
# A process that is killed ends within a round or two, but for one in the middle of disk access.
_ROUNDS = 200
_ROUND_SECONDS = 0.001

cell_runner.own_files.add(__file__)


def main(control, stdout, stderr, imports, contained):
    """Serves a session until the server closes `control`; the first three are descriptors.

    `contained` says how the session's processes are held together.
    """
    contained.settle()
    linux.die_with_parent()
    signal(SIGCHLD, SIG_DFL)
    os.setsid()
    streams = StandardStreams(moved(stdout), moved(stderr))
    channel = Channel(moved(control))

    def emit(event):
        # What was printed before it is on its way before it.
        streams.flush()
        channel.send(event)

    deck.connect(emit)
    sys.path[:0] = imports
    runner = Runner(contained, streams, emit)
    streams.put_in_order()
    for line in channel.requests():
        runner.run(loads(line))


class Channel:
    """The way back to the server; any thread of a cell may send."""

    def __init__(self, descriptor):
        """`descriptor` is that of the control socket."""
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def requests(self):
        """The server's requests, one line each, until it lets go."""
        return open(self._descriptor, "rb", closefd=False)

    def send(self, event):
        """Sends one event; lone surrogates become question marks, as JSON cannot hold them."""
        line = dumps(event, ensure_ascii=False).encode("utf-8", "replace")
        rest = memoryview(line + b"\n")
        with self._lock:
            while rest:
                rest = rest[write(self._descriptor, rest) :]


class Runner:
    """Runs the cells of a session, and leaves the process in order after each."""

    def __init__(self, contained, streams, emit):
        """`emit` sends an event to the server."""
        self._contained = contained
        self._streams = streams
        self._emit = emit
        self._namespace = cell_runner.main_namespace()
        self._folder = getcwd()
        # Of processes; setting it anew for every cell would cost more than running a small one.
        self._bound, self._is_bounded = None, False

    def run(self, request):
        """Runs one cell and says how it ended."""
        owner = getpid()
        if request["processes"] != self._bound:
            self._bound = request["processes"]
            self._is_bounded = self._contained.limit_processes(self._bound)
        _limit_memory(request["memory"])
        filename = f"<{request['cell']}>"
        exception = _execute(request["source"], filename, self._namespace, self._emit)
        _limit_memory(None)
        report = None if exception is None else cell_runner.failure(exception)
        memory = isinstance(exception, MemoryError)
        processes = self._is_bounded and _was_refused_a_process(exception)
        # Ends what the traceback kept alive: what its destructors print belongs to this cell.
        del exception
        self._streams.flush()
        self._streams.put_in_order()
        self._streams.flush()
        linux.flush_c_output()
        if getpid() != owner:
            _leave_fork(report)
        self._end_processes()
        self._return_to_a_folder()
        if report is not None:
            self._emit(report)
        failed = report is not None
        self._emit(
            {"event": "finished", "failed": failed, "memory": memory, "processes": processes}
        )

    def _end_processes(self):
        """Ends the processes that the cell has started and not waited for."""
        ended = set()
        # The system may refuse to tell, for want of memory or descriptors.
        with suppress(OSError):
            for _ in range(_ROUNDS):
                others = {pid for pid in self._contained.others() if not _is_zombie(pid)}
                if not others:
                    break
                ended |= others
                self._contained.kill_others(others)
                for pid in others:
                    # What is no child of this process is reaped elsewhere.
                    with suppress(ChildProcessError):
                        waitpid(pid, 0)
                sleep(_ROUND_SECONDS)
        if ended:
            count = f"{len(ended)} processes" if len(ended) > 1 else "a process"
            _note(f"ended {count} that the cell had left running")

    def _return_to_a_folder(self):
        """Goes back to where the session began if the cell has deleted its working directory."""
        try:
            getcwd()
        except FileNotFoundError:
            try:
                chdir(self._folder)
            except OSError:
                chdir("/")
            _note("the working directory is gone; the session is back where it began")


def _execute(source, filename, namespace, emit):
    """Runs a cell with SIGINT armed only meanwhile: a late Stop must not end the session."""
    # No variable may hold the exception: its traceback refers to this frame, so both would stay.
    try:
        signal(SIGINT, _interrupting())
        try:
            return cell_runner.execute(source, filename, namespace, emit)
        finally:
            signal(SIGINT, SIG_IGN)
    except KeyboardInterrupt as stop:
        return stop


def _interrupting():
    """A handler that raises once.

    The server repeats the signal, since one that arrives just before the process begins to wait
    does not wake it; a cell that cleans up after the first must not be hit by the second.
    """
    waiting = [KeyboardInterrupt]

    def interrupt(*_):
        if waiting:
            raise waiting.pop()

    return interrupt


def _was_refused_a_process(exception):
    """Whether a fork or a new thread met the limit; Python has no exception of its own for it."""
    if isinstance(exception, RuntimeError):
        return "start new thread" in str(exception)
    return isinstance(exception, BlockingIOError) and exception.errno == EAGAIN


def _is_zombie(pid):
    """Whether a process has ended; one that is gone altogether has, too."""
    try:
        with open(f"/proc/{pid}/stat", "rb", buffering=0) as stat:
            return stat.read().rpartition(b")")[2].split()[0] == b"Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def _note(text):
    """Tells the audience what was put in order after the cell."""
    write(2, f"[{text}]\n".encode())


def _leave_fork(report):
    """Ends a process that the cell forked and that ran off the cell's end without a word."""
    if report is not None:
        write(2, report["error"]["text"].encode("utf-8", "replace"))
    _exit(0 if report is None else 1)


def _limit_memory(bound):
    """Bounds the address space in bytes, or lifts the bound; the hard limit stays as it is."""
    hard = getrlimit(RLIMIT_AS)[1]
    if bound is None:
        bound = hard
    else:
        bound = max(bound, _address_space() + _HEADROOM_BYTES)
        bound = min(bound, _LARGEST_LIMIT if hard == RLIM_INFINITY else hard)
    setrlimit(RLIMIT_AS, (bound, hard))


def _address_space():
    """The address space in use, in bytes; zero where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb", buffering=0) as sizes:
            return int(sizes.read().split()[0]) * _PAGE_BYTES
    except OSError:
        return 0
