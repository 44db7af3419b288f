"""Runs cells in a reader's browser: as `worker.py` does on stage, without a process to look after.

The interpreter is WebAssembly and ends with its Web Worker; so there are no signals, no limits of
the system and no children here. Events go to a function of the page as lines of JSON.
"""

import sys
from json import dumps
from os import dup

import cell_runner
import deck
from streams import StandardStreams, moved

cell_runner.own_files.add(__file__)
_OURS = ("browser", "cell_runner", "streams")


def start(imports, send):
    """Puts this interpreter in order and returns what runs a cell: a function of id and source.

    `imports` are folders that `sys.path` begins with. `send` takes one event as JSON; the last one
    of a run is `finished`.
    """
    # Only `deck` stays importable, as in the worker.
    sys.path[:] = [*imports, *filter(None, sys.path[1:])]
    for name in _OURS:
        del sys.modules[name]
    streams = StandardStreams(moved(dup(1)), moved(dup(2)))
    streams.put_in_order()
    namespace = cell_runner.main_namespace()

    def emit(event):
        # What was printed before it is on its way before it; JSON cannot hold lone surrogates.
        streams.flush()
        send(dumps(event, ensure_ascii=False).encode("utf-8", "replace").decode())

    def run(cell, source):
        exception = cell_runner.execute(source, f"<{cell}>", namespace, emit)
        report = None if exception is None else cell_runner.failure(exception)
        memory = isinstance(exception, MemoryError)
        # Ends what the traceback kept alive: what its destructors print belongs to this cell.
        del exception
        streams.flush()
        streams.put_in_order()
        streams.flush()
        if report is not None:
            emit(report)
        emit({"event": "finished", "failed": report is not None, "memory": memory})

    deck.connect(emit)
    return run
