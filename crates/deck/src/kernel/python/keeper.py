"""The process beside one worker: starts it, says how it ended, and kills all that came from it.

No cell runs here. The keeper speaks to the server over the session's lease: `forked` or `failed`,
and later `ended`. While the server holds its end, a worker that has ended stays unreaped, so that
its number cannot pass to another process that the server might then kill. When the server lets
go, or the zygote ends, all is killed.
"""

import contextlib
import json
import os
import select
import signal
import socket

import linux
from family import Family
from namespace import Namespace, bounds_root

# How far a session can be kept in, the best first, as `Level` in `kernel/containment.rs`.
LEVELS = {
    "namespaces": Namespace,
    "subreaper": lambda: Family(adopts=True),
    "group": lambda: Family(adopts=False),
}


def choose(best):
    """The best level that the system grants, from `best` on, as the server is told.

    Trying costs a process of its own: who has left a namespace cannot go back.
    """
    names = list(LEVELS)
    refused = None
    for level in names[names.index(best) :]:
        refusal = _try(level)
        if refusal is None:
            break
        refused = refused or refusal
    bounded = level == "namespaces" and (os.geteuid() != 0 or bounds_root())
    return {"level": level, "bounds_processes": bounded, "refused": refused}


def keep(level, lease, life, start, streams):
    """Keeps a session to its end. Never returns.

    `lease` is a socket, `life` a descriptor that closes when the zygote ends; `start` is called in
    the worker, with the session's containment; `streams` are the descriptors that only it needs.
    """
    linux.die_with_parent()
    child_ended, wake = wake_on_child()
    try:
        contained = LEVELS[level]()
        worker = os.fork()
    except OSError as error:
        tell(lease, failed={"reason": error.strerror or str(error)})
        os._exit(1)
    if worker == 0:
        signal.set_wakeup_fd(-1)
        for own in (lease, child_ended, wake):
            own.close()
        os.close(life)
        start(contained)
        os._exit(0)
    for descriptor in streams:
        os.close(descriptor)
    tell(lease, forked={"pid": worker, "keeper": os.getpid()})
    _attend(contained, worker, lease, life, child_ended)
    os._exit(0)


def wake_on_child():
    """A socket that has something to read when a child may have ended, and its other end.

    Both belong to this process: one that is forked closes them. It cannot ask Python for the other
    end, which `asyncio`, if anybody has imported it, forgets in the child.
    """
    child_ended, wake = socket.socketpair()
    child_ended.setblocking(False)
    wake.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    return child_ended, wake


def tell(lease, **message):
    """Says something to the server, which may have let go in the meantime."""
    with contextlib.suppress(OSError):
        lease.sendall(json.dumps(message).encode() + b"\n")


def wait_for(*descriptors):
    """Those that have something to read, or have closed."""
    poll = select.poll()
    for descriptor in descriptors:
        poll.register(descriptor, select.POLLIN)
    return {descriptor for descriptor, _ in poll.poll()}


def _attend(contained, worker, lease, life, child_ended):
    end = None
    while True:
        ready = wait_for(child_ended.fileno(), lease.fileno(), life)
        if child_ended.fileno() in ready:
            child_ended.recv(4096)
        if end is None:
            end = os.waitid(os.P_PID, worker, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if end is not None:
                contained.kill(worker)
                number = "code" if end.si_code == os.CLD_EXITED else "signal"
                tell(lease, ended={number: end.si_status})
        if ready & {lease.fileno(), life}:
            break
    contained.kill(worker)
    contained.reap(worker)


def _try(level):
    """Why a level is refused; None if it is granted."""
    told, tell = os.pipe()
    if os.fork() == 0:
        try:
            _hold(level)
        except OSError as error:
            os.write(tell, (error.strerror or str(error)).encode())
        os._exit(0)
    os.close(tell)
    with open(told, "rb") as answer:
        refusal = answer.read().decode()
    os.wait()
    return refusal or None


def _hold(level):
    """Makes a session without a cell, and ends it. An OSError says what is refused."""
    linux.die_with_parent()
    contained = LEVELS[level]()
    told, tell = os.pipe()
    worker = os.fork()
    if worker == 0:
        try:
            contained.settle()
        except OSError as error:
            os.write(tell, (error.strerror or str(error)).encode())
        os._exit(0)
    os.close(tell)
    with open(told, "rb") as answer:
        refusal = answer.read().decode()
    contained.kill(worker)
    contained.reap(worker)
    if refusal:
        raise OSError(refusal)
