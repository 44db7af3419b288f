"""Runs a command several times and prints, as JSON, what each run cost.

Usage: python -I -S child.py RUNS COMMAND…; prints [{"seconds": s, "peak": KiB}, …].

Linux counts what a process was before it became the command, so that nothing smaller than this
interpreter can be seen: the peak is an upper bound. That is why it imports as little as it can.
"""

import os
import sys
import time


def cost(command: list[str]) -> dict[str, float]:
    """Runs the command once: wall time in seconds, and its peak resident set in KiB."""
    quiet = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    began = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=[quiet])
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - began
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        sys.exit(f"{' '.join(command)} ended with {code}")
    # Linux counts in KiB, macOS in bytes.
    unit = 1024 if sys.platform == "darwin" else 1
    return {"seconds": seconds, "peak": usage.ru_maxrss / unit}


runs, *command = sys.argv[1:]
costs = [cost(command) for _ in range(int(runs))]

import json  # noqa: E402  (it would make the interpreter larger)

print(json.dumps(costs))
