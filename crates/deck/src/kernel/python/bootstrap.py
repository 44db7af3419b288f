# Passed to `python -c`, so it must also run on a Python that is far too old. Descriptor 0 is the server's socket.
import os
import sys

name = getattr(getattr(sys, "implementation", None), "name", "python")
if name != "cpython" or sys.version_info < (3, 11):
    version = ".".join(str(part) for part in sys.version_info[:3])
    os.write(0, ('{"refused": "%s %s"}\n' % (name, version)).encode())
    sys.exit(0)

import json
import socket

with socket.socket(fileno=os.dup(0)) as connection:
    sources = json.loads(connection.recv(int(sys.argv[1]), socket.MSG_WAITALL))
sys.argv[:] = [""]
scope = {"__name__": "zygote"}
exec(compile(sources["zygote"], "<deck's zygote.py>", "exec"), scope)
scope["main"](sources)
