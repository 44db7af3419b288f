"""Receives the kernel's Python files over the socket that is descriptor 0, and starts the zygote.

It is passed to `python -c`, so it must also run on a Python that is far too old.
"""

import os
import sys

name = getattr(getattr(sys, "implementation", None), "name", "python")
if name != "cpython" or sys.version_info < (3, 11):
    version = ".".join(str(part) for part in sys.version_info[:3])
    os.write(0, ('{"refused": "' + name + " " + version + '"}\n').encode())
    sys.exit(0)

import json  # noqa: E402
import socket  # noqa: E402

with socket.socket(fileno=os.dup(0)) as connection:
    sources = json.loads(connection.recv(int(sys.argv[1]), socket.MSG_WAITALL))
best = sys.argv[2]
sys.argv[:] = [""]
scope = {"__name__": "zygote"}
exec(compile(sources["zygote"], "<deck's zygote.py>", "exec"), scope)
scope["main"](sources, best)
