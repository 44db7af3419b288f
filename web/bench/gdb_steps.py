"""Lets gdb step through a warm call, and prints as JSON how many seconds that took.

Usage: STEPS='{"driver": …, "request": …, "execution": n, "stepi": n, "python": n}' gdb -nx -batch
-x gdb_steps.py PYTHON; prints {"stepi": s, "python": s} on the last line. The driver is the one of
`deck trace`: it stops at a marker before and after each execution, and once before the first one.
From the marker before the wanted execution, `stepi` steps are one command, and `python` steps one
command each.
"""

import json
import os
import time
from collections.abc import Callable

import gdb

PREPARATION = [
    "set confirm off",
    "set pagination off",
    "set print thread-events off",
    "handle SIGURG stop nopass",
]

stops = []
gdb.events.stop.connect(stops.append)


def main(wanted: dict) -> None:
    """Go to the marker and step."""
    for command in PREPARATION:
        gdb.execute(command, to_string=True)
    execute(f"run {wanted['driver']} < {wanted['request']} > {os.devnull}", expected="SIGURG")
    for _ in range(2 * (wanted["execution"] - 1) + 1):
        execute("continue", expected="SIGURG")
    taken = {"stepi": seconds(at_once, wanted["stepi"])}
    taken["python"] = seconds(one_by_one, wanted["python"])
    gdb.execute("kill", to_string=True)
    # Where gdb says that it stands, it may not have ended the line.
    print("\n" + json.dumps(taken))


def seconds(steps_by: Callable[[int], None], steps: int) -> float:
    """Time that so many steps take."""
    began = time.perf_counter()
    if steps:
        steps_by(steps)
    return time.perf_counter() - began


def at_once(steps: int) -> None:
    """All steps by one command."""
    execute(f"stepi {steps}", expected=None)


def one_by_one(steps: int) -> None:
    """A command for each step, and the question where it has led."""
    for _ in range(steps):
        execute("stepi", expected=None)
        int(gdb.parse_and_eval("$pc"))


def execute(command: str, expected: str | None) -> None:
    """Execute a command after which the process stops by this signal, or without one."""
    gdb.execute(command, to_string=True)
    found = getattr(stops[-1], "stop_signal", None) if stops else "no stop"
    if found != expected:
        raise gdb.GdbError(f"{command} led to {found}; expected {expected or 'no signal'}")


main(json.loads(os.environ["STEPS"]))
