"""Runs a command several times and prints, as JSON, what each run cost.

Usage: child.py RUNS COMMAND…; prints {"floor": KiB, "runs": [{"seconds": s, "peak": KiB}, …]}.
"""

import json
import os
import subprocess
import sys
import time


def cost(command: list[str]) -> dict[str, float]:
    """Runs the command once: wall time in seconds, and its own peak resident set in KiB."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}")
    # Linux counts in KiB, macOS in bytes.
    unit = 1024 if sys.platform == "darwin" else 1
    return {"seconds": seconds, "peak": usage.ru_maxrss / unit}


runs, *command = sys.argv[1:]
# Linux counts what the process was before it became the command, so that nothing smaller than this
# interpreter can be measured. The smallest command says how much that is.
floor = cost(["true"])["peak"]
print(json.dumps({"floor": floor, "runs": [cost(command) for _ in range(int(runs))]}))
